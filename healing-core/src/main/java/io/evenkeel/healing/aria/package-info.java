/**
 * Reads the ARIA snapshot of an {@code error-context.md} into a snapshot.
 *
 * <p>Pure; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.healing.aria;

import org.jspecify.annotations.NullMarked;
