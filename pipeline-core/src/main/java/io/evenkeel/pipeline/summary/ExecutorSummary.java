package io.evenkeel.pipeline.summary;

import java.time.Duration;
import java.util.Locale;

/**
 * What one executor did.
 *
 * <p>Immutable.
 *
 * @param name spool id
 * @param shard index of the planned shard most of its tests belong to, from 1; 0 without a plan
 * @param end how its run ended
 * @param load time planned and time taken
 * @param tally tests with a result here, and the runner's exit code
 */
public record ExecutorSummary(String name, int shard, End end, Load load, Tally tally) {

    /** How the run of one executor ended. */
    public enum End {
        PASSED,
        FAILED,
        STOPPED_EARLY,
        TIMED_OUT,
        INTERRUPTED,
        LOST;

        /** Returns the word of summary.json, for example {@code stopped early}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * Time planned and time taken.
     *
     * @param planned load of the shard in the plan, zero without a plan
     * @param busy time of all attempts
     * @param wall from the beginning to the end of the runner
     * @param workers lanes the attempts were spread over, at least 1
     */
    public record Load(Duration planned, Duration busy, Duration wall, int workers) {

        /** Returns the busy time of one lane. */
        public Duration lane() {
            return busy.dividedBy(workers);
        }
    }

    /**
     * What came of it.
     *
     * @param tests tests with a result, set-up included
     * @param failed tests of these without any expected attempt here
     * @param errors errors outside of tests
     * @param exitCode Playwright's exit code, or what its status says when the agent's word is missing
     */
    public record Tally(int tests, int failed, int errors, int exitCode) {}
}
