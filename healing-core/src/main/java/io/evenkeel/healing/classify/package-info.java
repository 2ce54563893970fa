/**
 * Says from the error messages and the call log why a test failed, and whether a locator repair may be considered at all.
 *
 * <p>Pure; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.healing.classify;

import org.jspecify.annotations.NullMarked;
