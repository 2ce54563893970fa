package io.evenkeel.pipeline.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a share ended. Whatever happened, the spools that are named stay on disk.
 *
 * <p>Immutable.
 */
public sealed interface AgentOutcome {

    /** Returns the documented exit code: 0, 1, 2, 3 or 130. */
    int exitCode();

    /** Returns one line for people; empty when Playwright has said everything. */
    String message();

    /** Returns the share that Playwright ran to its own end; empty for everything else. */
    default Optional<Ran> finished() {
        return this instanceof Ran ran ? Optional.of(ran) : Optional.empty();
    }

    /** Calls the method of the handler for this variant. */
    <T> T match(Cases<T> cases);

    /** One function for each variant. */
    interface Cases<T> {
        T ran(Ran ran);

        T incomplete(Incomplete incomplete);

        T nothingToDo(NothingToDo nothingToDo);

        T refused(Refused refused);

        T notStarted(NotStarted notStarted);

        T interrupted(Interrupted interrupted);
    }

    /**
     * Playwright ran the share to its own end, and everything that did not run has a reason.
     *
     * @param exitCode 0 or 1, Playwright's own
     * @param counts tests planned, selected and run
     * @param notRun ids that were selected and have no result, because Playwright stopped early or a set-up failed
     * @param spools files of events, in the order of the runs
     */
    record Ran(int exitCode, Counts counts, List<String> notRun, List<Path> spools) implements AgentOutcome {
        public Ran {
            notRun = List.copyOf(notRun);
            spools = List.copyOf(spools);
        }

        @Override
        public String message() {
            return notRun.isEmpty() ? "" : notRun.size() + " tests did not run because Playwright stopped early.";
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.ran(this);
        }
    }

    /**
     * Tests of the share are without a result and nothing explains it; exit code 3.
     *
     * @param runnerExitCode what the command ended with; 128 + n when signal n killed it
     * @param counts tests planned, selected and run
     * @param notRun ids without a result
     * @param spools files of events, in the order of the runs
     */
    record Incomplete(int runnerExitCode, Counts counts, List<String> notRun, List<Path> spools)
            implements AgentOutcome {
        public Incomplete {
            notRun = List.copyOf(notRun);
            spools = List.copyOf(spools);
        }

        @Override
        public int exitCode() {
            return 3;
        }

        @Override
        public String message() {
            return notRun.isEmpty()
                    ? "The command ended with " + runnerExitCode
                            + " before Playwright reported an end; see its output above, results so far are kept in "
                            + spools + "."
                    : notRun.size() + " of " + counts.planned() + " tests were not run (the command ended with "
                            + runnerExitCode + "), the first is " + notRun.get(0)
                            + ". Run the job again; results so far are kept in " + spools + ".";
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.incomplete(this);
        }
    }

    /** The share is empty; exit code 0 and nothing was started. */
    record NothingToDo() implements AgentOutcome {
        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public String message() {
            return "Nothing to do: this share holds no tests.";
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.nothingToDo(this);
        }
    }

    /** The command has an option that cannot work with shares; exit code 2 and nothing was started. */
    record Refused(String message) implements AgentOutcome {
        @Override
        public int exitCode() {
            return 2;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.refused(this);
        }
    }

    /** The command could not be started, or found nothing to run; no test ran. */
    record NotStarted(int exitCode, String message) implements AgentOutcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notStarted(this);
        }
    }

    /** Somebody ended the run; exit code 130. Results so far are in the spools. */
    record Interrupted(Counts counts, List<String> notRun, List<Path> spools) implements AgentOutcome {
        public Interrupted {
            notRun = List.copyOf(notRun);
            spools = List.copyOf(spools);
        }

        @Override
        public int exitCode() {
            return 130;
        }

        @Override
        public String message() {
            return "Interrupted: " + counts.run() + " of " + counts.planned() + " tests have a result.";
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.interrupted(this);
        }
    }

    /**
     * Tests of a share, set-up and teardown tests not counted.
     *
     * @param planned tests asked for; for a share of everything, those Playwright selected
     * @param selected tests of the plan that Playwright was going to run
     * @param run tests of the plan with a result
     */
    record Counts(int planned, int selected, int run) {}
}
