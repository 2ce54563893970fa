/**
 * How long a test takes: quantiles from a small mergeable sketch, the next duration from a short robust memory, and the
 * commit since which it is slower.
 *
 * <p>Pure arithmetic; needs the JDK and JSpecify. Feed passed attempts only: a failing attempt ends early or at a timeout
 * and says nothing about the time the test takes.
 */
@NullMarked
package io.evenkeel.flaky.duration;

import org.jspecify.annotations.NullMarked;
