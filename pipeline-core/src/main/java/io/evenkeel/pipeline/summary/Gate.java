package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which failures do not fail the pipeline.
 *
 * <p>Immutable.
 *
 * @param excused labels that are shown and change no exit code
 */
public record Gate(Set<Kind> excused) {

    public Gate {
        excused = Set.copyOf(excused);
    }

    /** As Playwright says, minus quarantined tests: the default. */
    public static Gate playwright() {
        return new Gate(EnumSet.of(Kind.QUARANTINED));
    }

    /** Only what is new or was never judged fails the pipeline. */
    public static Gate newFailuresOnly() {
        return new Gate(EnumSet.of(Kind.QUARANTINED, Kind.KNOWN_FLAKY, Kind.RED_ON_MAIN));
    }

    /** Returns whether this failed test fails the pipeline; a set-up always does. */
    public boolean fails(TestSummary test) {
        return test.failed() && (!test.counts() || !excused.contains(test.kind()));
    }
}
