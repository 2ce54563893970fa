/**
 * Values that must never be printed.
 *
 * <p>Needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.pipeline.secret;

import org.jspecify.annotations.NullMarked;
