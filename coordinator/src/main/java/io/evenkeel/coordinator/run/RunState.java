package io.evenkeel.coordinator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far a run is.
 *
 * <p>Immutable.
 *
 * @param verdict what it says
 * @param times when it began, when the last event and the end came
 * @param discovered tests that must run, 0 while unknown
 * @param missing ids of tests that were discovered and never ran
 * @param exitCode what CI saw, -1 while unknown
 */
public record RunState(RunVerdict verdict, Times times, int discovered, List<String> missing, int exitCode) {

    /** Without any event for so long a run is called silent: its executors are probably gone. */
    public static final Duration SILENCE = Duration.ofMinutes(30);

    public RunState {
        missing = List.copyOf(missing);
    }

    /**
     * Times of a run; {@link Instant#EPOCH} stands for "not yet".
     *
     * @param created when CI opened it, by our clock
     * @param begun first event, by the executors' clocks
     * @param lastEvent last event, by the executors' clocks
     * @param finished when CI finished it, by our clock
     */
    public record Times(Instant created, Instant begun, Instant lastEvent, Instant finished) {

        /** Returns the time from the first to the last event. */
        public Duration wall() {
            return begun.equals(Instant.EPOCH) ? Duration.ZERO : Duration.between(begun, lastEvent);
        }
    }

    /** Returns whether the run still goes on and nobody has heard of it for {@link #SILENCE}. */
    public boolean silent(Instant now) {
        Instant last = times.lastEvent().isAfter(times.created()) ? times.lastEvent() : times.created();
        return verdict == RunVerdict.RUNNING && last.plus(SILENCE).isBefore(now);
    }
}
