package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.summary.ExecutorSummary.End;

/** The exit codes of every command that runs or reports tests. */
public enum ExitCode {
    PASSED(0),
    /** Tests failed, there were none, or the suite could not be loaded: as Playwright says, minus what the gate excuses. */
    FAILED(1),
    /** The command was called in a wrong way. */
    WRONG_USE(2),
    /** Tests could not be run, or it cannot be proved that all of them ran. */
    UNPROVEN(3),
    /** Somebody stopped the run. */
    INTERRUPTED(130);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    /** Returns the number for {@link System#exit}. */
    public int value() {
        return value;
    }

    /** An exit code and the one sentence that explains it. */
    public record Decision(ExitCode code, String reason) {}

    /**
     * Decides the exit code of a whole run.
     *
     * <p>An interrupted run is 130. A test that is missing for a reason Playwright itself does not give makes the run
     * {@link #UNPROVEN}, whatever else failed: its result could be anything. Then come failures the gate does not excuse,
     * and what made Playwright fail without a failed test: no tests, an error outside of tests, {@code --fail-on-flaky-tests}.
     */
    public static Decision of(RunSummary summary, Gate gate) {
        if (summary.executors().stream().anyMatch(e -> e.end() == End.INTERRUPTED)
                && !summary.coverage().complete()) {
            return new Decision(INTERRUPTED, "The run was interrupted.");
        }
        Coverage coverage = summary.coverage();
        if (!coverage.explained()) {
            return new Decision(
                    UNPROVEN,
                    "executed " + coverage.executed() + " of " + coverage.discovered()
                            + " discovered tests. Run the missing ones again.");
        }
        long failed = summary.tests().stream().filter(gate::fails).count();
        if (failed > 0) {
            return new Decision(FAILED, Words.count(failed, "test") + " failed.");
        }
        return ofRunners(summary);
    }

    private static Decision ofRunners(RunSummary summary) {
        if (summary.executors().isEmpty()) {
            return new Decision(UNPROVEN, "There are no results. Maybe no executor wrote its spool.");
        }
        for (ExecutorSummary executor : summary.executors()) {
            ExecutorSummary.Tally tally = executor.tally();
            boolean explainedByTests = tally.failed() > 0 && tally.errors() == 0;
            if (tally.exitCode() != 0 && !explainedByTests) {
                return new Decision(FAILED, Words.unexplained(executor, summary));
            }
        }
        return new Decision(PASSED, "Every test passed or is excused.");
    }
}
