/** Reads tests written in Java with Playwright for Java. */
@NullMarked
package io.evenkeel.healing.patch.java;

import org.jspecify.annotations.NullMarked;
