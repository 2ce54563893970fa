/**
 * Playwright locators as values: parse, evaluate over a snapshot, print, and build a new one for an element.
 *
 * <p>Pure; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.healing.synthesis;

import org.jspecify.annotations.NullMarked;
