/**
 * Flaky told from broken: a Bayesian filter over hidden regimes, and what follows from it.
 *
 * <p>Start with {@link io.evenkeel.flaky.rate.TestState}: it takes one run's result at a time, reads no history and answers with
 * probabilities, rates and evidence. Pure arithmetic on doubles in a fixed order, so a replay is identical bit for bit. Needs the JDK
 * and JSpecify.
 */
@NullMarked
package io.evenkeel.flaky.rate;

import org.jspecify.annotations.NullMarked;
