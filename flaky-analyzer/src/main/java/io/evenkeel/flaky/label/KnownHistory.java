package io.evenkeel.flaky.label;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.rate.CommonCause;
import io.evenkeel.flaky.rate.Judgement;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.TestStanding;
import io.evenkeel.flaky.rate.TestState;

/**
 * What was known of a test before the run, and what this run's result makes of it.
 *
 * <p>Immutable.
 *
 * @param before where the test stood before the run
 * @param now what history and this run's result together say
 * @param cause what the other failures of the run say about it; {@code now} knows it
 * @param quarantine whether the test is quarantined
 */
public record KnownHistory(TestStanding before, Judgement now, CommonCause cause, Quarantine quarantine) {

    /** Whether a test is quarantined. */
    public enum Quarantine {
        NONE,
        ACTIVE
    }

    /**
     * Asks the state of a test, in which the run is not recorded yet.
     *
     * @param state history without this run
     */
    public static KnownHistory of(
            RegimeModel model, TestState state, FailureInRun failure, CommonCause cause, Quarantine quarantine) {
        AttemptPattern pattern = failure.pattern();
        Judgement now = failure.recurrence().seen()
                ? state.judgeRecurring(model, failure.position(), pattern)
                : state.judge(model, failure.position(), pattern, cause);
        return new KnownHistory(state.standing(model), now, cause, quarantine);
    }
}
