package io.evenkeel.pipeline.summary;

import java.time.Duration;
import java.util.Locale;

/** Small pieces of sentences. */
final class Words {

    private Words() {}

    /** Returns {@code 1 test} or {@code 2 tests}. */
    static String count(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Returns a time a person reads at a glance: {@code 0.81 s}, {@code 31 s}, {@code 2 min 5 s}, {@code 1 h 4 min}. */
    static String time(Duration time) {
        long millis = time.toMillis();
        if (millis < 10_000) {
            return String.format(Locale.ROOT, millis < 1_000 ? "%.2f s" : "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return seconds / 3600 + " h" + (seconds % 3600 < 60 ? "" : " " + seconds % 3600 / 60 + " min");
    }

    /** Says why Playwright failed on an executor on which no test did. */
    static String unexplained(ExecutorSummary executor, RunSummary summary) {
        if (executor.tally().errors() > 0) {
            return executor.tally().errors() == 1
                    ? "1 error outside the tests."
                    : executor.tally().errors() + " errors outside the tests.";
        }
        if (summary.coverage().discovered() == 0) {
            return "No tests were found.";
        }
        if (!summary.flaky().isEmpty()) {
            return "Playwright failed although every test passed in the end: maybe --fail-on-flaky-tests is set.";
        }
        return "Playwright ended with exit code " + executor.tally().exitCode() + " on " + executor.name() + ".";
    }
}
