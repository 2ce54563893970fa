package io.evenkeel.bench.split;

import java.util.List;

/**
 * The recorded durations of one suite.
 *
 * <p>Immutable.
 *
 * @param suite name
 * @param runs number of recorded runs
 * @param units tests or spec files, in the order of the listing
 */
record Recording(String suite, int runs, List<Unit> units) {

    Recording {
        units = List.copyOf(units);
    }

    /**
     * A test or a spec file.
     *
     * @param file it belongs to
     * @param id unique in the suite
     * @param newest milliseconds in the newest run
     * @param recorded milliseconds by run, newest first; empty where the run has no new measurement
     */
    record Unit(String file, String id, double newest, List<Measured> recorded) {

        Unit {
            recorded = List.copyOf(recorded);
        }
    }

    /** A measurement in milliseconds, or none ({@code present} false). */
    record Measured(boolean present, double millis) {

        static final Measured ABSENT = new Measured(false, 0);
    }
}
