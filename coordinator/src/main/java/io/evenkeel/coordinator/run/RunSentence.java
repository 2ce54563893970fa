package io.evenkeel.coordinator.run;

import java.util.ArrayList;
import java.util.List;

/** Says in one sentence how a run went. */
public final class RunSentence {

    private RunSentence() {}

    /** Returns the sentence; counts of tests, without set-ups unless one failed. */
    public static String of(Run run) {
        RunCounts counts = run.totals().counts();
        int all = run.expectedTests();
        return switch (run.state().verdict()) {
            case RUNNING -> running(counts, all);
            case PASSED -> all == 0 ? "There was no test to run." : allOf(all) + " passed" + skipped(counts) + ".";
            case FLAKY ->
                allOf(all) + " passed" + skipped(counts) + ", " + counts.flaky() + " of them only after a retry.";
            case HEALED ->
                allOf(all) + " passed" + skipped(counts) + ", with "
                        + counted(run.totals().heals().verified(), "repaired locator") + ".";
            case INCOMPLETE -> incomplete(run, all);
            case FAILED -> failed(run, all);
        };
    }

    private static String running(RunCounts counts, int all) {
        if (all == 0) {
            return "Waiting for the first executor.";
        }
        String failed = counts.failed() + counts.setupFailed() == 0
                ? "none failed so far"
                : counts.failed() + counts.setupFailed() + " failed so far";
        return "Running: " + counts.ended() + " of " + tests(all) + " done, " + failed + ".";
    }

    private static String incomplete(Run run, int all) {
        int missing = Math.max(
                run.state().missing().size(), all - run.totals().counts().ended());
        return missing + " of " + tests(all) + " never ran, so nothing is proven; none of the others failed.";
    }

    private static String failed(Run run, int all) {
        RunCounts counts = run.totals().counts();
        List<String> parts = new ArrayList<>();
        if (counts.setupFailed() > 0) {
            parts.add(counted(counts.setupFailed(), "set-up") + " failed");
        }
        if (counts.failed() > 0) {
            parts.add(counts.failed() + " of " + tests(all) + " failed");
        }
        if (counts.flaky() > 0) {
            parts.add(counts.flaky() + " passed only after a retry");
        }
        int missing = Math.max(run.state().missing().size(), all - counts.ended());
        if (missing > 0) {
            parts.add(missing + " never ran");
        }
        if (parts.isEmpty()) {
            parts.add(
                    run.totals().errors() > 0
                            ? counted(run.totals().errors(), "error") + " outside of any test"
                            : "No test failed, but the runner ended with exit code "
                                    + run.state().exitCode());
        }
        return String.join(", ", parts) + ".";
    }

    private static String allOf(int all) {
        return all == 1 ? "The only test" : "All " + tests(all);
    }

    private static String skipped(RunCounts counts) {
        return counts.skipped() == 0 ? "" : " (" + counts.skipped() + " skipped)";
    }

    private static String tests(int count) {
        return counted(count, "test");
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
