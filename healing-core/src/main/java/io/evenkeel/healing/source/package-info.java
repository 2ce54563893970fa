/**
 * Places in the test sources, and the port through which sources are read.
 *
 * <p>Values only; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.healing.source;

import org.jspecify.annotations.NullMarked;
