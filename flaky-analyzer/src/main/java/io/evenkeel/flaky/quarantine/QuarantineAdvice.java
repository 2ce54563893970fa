package io.evenkeel.flaky.quarantine;

import java.util.function.Function;

/**
 * What to do about the quarantine of one test, and why.
 *
 * <p>Immutable.
 */
public sealed interface QuarantineAdvice {

    /** Returns the result of the function of this variant. */
    <T> T match(
            Function<Leave, T> leave, Function<Enter, T> enter, Function<Stay, T> stay, Function<Release, T> release);

    /** Returns the sentence that explains it. */
    String reason();

    /**
     * It is not quarantined and should not be.
     *
     * @param reason the sentence that explains it
     */
    record Leave(String reason) implements QuarantineAdvice {
        @Override
        public <T> T match(
                Function<Leave, T> leave,
                Function<Enter, T> enter,
                Function<Stay, T> stay,
                Function<Release, T> release) {
            return leave.apply(this);
        }
    }

    /**
     * Quarantine it.
     *
     * @param reason the sentence that explains it
     */
    record Enter(String reason) implements QuarantineAdvice {
        @Override
        public <T> T match(
                Function<Leave, T> leave,
                Function<Enter, T> enter,
                Function<Stay, T> stay,
                Function<Release, T> release) {
            return enter.apply(this);
        }
    }

    /**
     * Keep it quarantined.
     *
     * @param reason the sentence that explains it
     * @param progress how far it is on its way back
     */
    record Stay(String reason, ReleaseProgress progress) implements QuarantineAdvice {
        @Override
        public <T> T match(
                Function<Leave, T> leave,
                Function<Enter, T> enter,
                Function<Stay, T> stay,
                Function<Release, T> release) {
            return stay.apply(this);
        }
    }

    /**
     * Take it out now: it is clean, or broken, or its time is over.
     *
     * @param cause which of these
     * @param reason the sentence that explains it
     */
    record Release(Cause cause, String reason) implements QuarantineAdvice {

        /** Why a test leaves the quarantine. */
        public enum Cause {
            EARNED,
            BROKEN,
            EXPIRED
        }

        @Override
        public <T> T match(
                Function<Leave, T> leave,
                Function<Enter, T> enter,
                Function<Stay, T> stay,
                Function<Release, T> release) {
            return release.apply(this);
        }
    }
}
