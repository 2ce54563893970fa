/**
 * Fingerprints of the elements that locators resolved to in passing runs, by call site.
 *
 * <p>Pure; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.healing.reference;

import org.jspecify.annotations.NullMarked;
