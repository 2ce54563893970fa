/**
 * What is known of one test over time: its identity, its attempts and the verdict a run reaches about it.
 *
 * <p>Values only; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.flaky.history;

import org.jspecify.annotations.NullMarked;
