package io.evenkeel.flaky.label;

import io.evenkeel.flaky.history.TestId;

/**
 * A failure with its label and the sentence that explains it.
 *
 * <p>Immutable.
 *
 * @param test the test that failed
 * @param label what the failure is
 * @param evidence one sentence for people; positions on the stable branch are written {@code commit #n}
 * @param flakeProbability probability that the failure was a flake, from history and this run, in [0, 1]
 */
public record LabelledFailure(TestId test, FailureLabel label, String evidence, double flakeProbability) {}
