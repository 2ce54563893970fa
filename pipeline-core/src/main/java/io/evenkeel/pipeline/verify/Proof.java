package io.evenkeel.pipeline.verify;

import java.util.List;

/**
 * Why a repair may be believed.
 *
 * <p>Immutable.
 *
 * @param runs the run without the patch, then the runs with it
 * @param passed ids of the broken tests that pass with the patch, every time
 * @param usersPassed number of other tests that use the definition and still pass
 * @param laterFailures broken tests that get past the repaired step and fail further on, for another reason
 * @param checks what else was looked at
 */
public record Proof(
        List<VerificationRun> runs,
        List<String> passed,
        int usersPassed,
        List<LaterFailure> laterFailures,
        List<Check> checks) {

    public Proof {
        runs = List.copyOf(runs);
        passed = List.copyOf(passed);
        laterFailures = List.copyOf(laterFailures);
        checks = List.copyOf(checks);
    }

    /**
     * A broken test that now fails further on.
     *
     * @param run its attempt; paths in the errors are those of the project, not of the copy
     */
    public record LaterFailure(BrokenTest test, TestRun run, String reason) {}

    /**
     * A check beside the re-runs.
     *
     * @param name {@link #ASSERTION}, {@link #POST_STATE} or {@link #CONTROL}
     * @param finding what it found
     * @param reason one sentence
     */
    public record Check(String name, Finding finding, String reason) {

        /** Name of the check that looks for an assertion behind the repaired step. */
        public static final String ASSERTION = "assertion after the step";

        /** Name of the check that compares the pages and elements behind the repaired step. */
        public static final String POST_STATE = "post-state";

        /** Name of the check that asks the new locator on the last good release. */
        public static final String CONTROL = "negative control";
    }

    /** What a check found. */
    public enum Finding {
        /** It speaks for the repair. */
        HOLDS,
        /** It speaks against it: no more than a suggestion. */
        MISSING,
        /** It proves the repair wrong. */
        REFUTES,
        /** There was nothing to look at. */
        NOT_AVAILABLE
    }

    /** Returns one sentence for people. */
    public String sentence() {
        long patched = runs.stream()
                .filter(run -> run.kind() == VerificationRun.Kind.PATCHED)
                .count();
        String users = usersPassed == 0 ? "" : "; " + usersPassed + " other tests that use the definition still pass";
        String later = laterFailures.isEmpty()
                ? ""
                : "; " + laterFailures.size() + " tests get past the step and fail further on";
        String doubts = checks.stream()
                .filter(check -> check.finding() == Finding.MISSING || check.finding() == Finding.REFUTES)
                .map(check -> " " + check.reason())
                .collect(java.util.stream.Collectors.joining());
        return "Fails without the patch; with it " + passed.size()
                + (passed.size() == 1 ? " test passes" : " tests pass") + " in each of " + patched + " runs" + users
                + later + "." + doubts;
    }
}
