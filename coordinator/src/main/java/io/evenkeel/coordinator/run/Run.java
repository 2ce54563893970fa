package io.evenkeel.coordinator.run;

/**
 * One run as it is read.
 *
 * <p>Immutable.
 *
 * @param id its key in this coordinator, part of its address
 * @param owner whose it is and how CI calls it
 * @param source where it comes from
 * @param state how far it is
 * @param totals what its executors reported
 */
public record Run(long id, Owner owner, RunSource source, RunState state, Totals totals) {

    /** Whose a run is: key and slug of the project, key of the suite, CI's own name of the run. */
    public record Owner(long projectId, String project, long suiteId, String runKey) {}

    /**
     * Sums over all executors.
     *
     * @param counts tests by verdict
     * @param heals healing events, and those that were verified
     * @param errors errors outside of tests
     * @param testMs time of all attempts
     * @param version number of the last change, the id of its progress event
     */
    public record Totals(RunCounts counts, Heals heals, int errors, long testMs, long version) {}

    /** Healing events of a run; {@code verified} is a part of {@code all}. */
    public record Heals(int all, int verified) {}

    /** Returns the number of tests the run must have, as far as anybody knows. */
    public int expectedTests() {
        return Math.max(state.discovered(), totals.counts().announced());
    }
}
