package io.evenkeel.pipeline.spool;

import java.util.function.Function;

/**
 * The answer to a batch.
 *
 * <p>Immutable.
 */
public sealed interface Acknowledgement {

    /** Calls the function for this variant. */
    <T> T match(
            Function<Stored, T> stored,
            Function<Gap, T> gap,
            Function<Unavailable, T> unavailable,
            Function<Rejected, T> rejected);

    /** Everything up to and including {@code seq} is stored for good. */
    record Stored(long seq) implements Acknowledgement {
        @Override
        public <T> T match(
                Function<Stored, T> stored,
                Function<Gap, T> gap,
                Function<Unavailable, T> unavailable,
                Function<Rejected, T> rejected) {
            return stored.apply(this);
        }
    }

    /** The receiver lacks earlier events; the next batch must begin with {@code wanted}. */
    record Gap(long wanted) implements Acknowledgement {
        @Override
        public <T> T match(
                Function<Stored, T> stored,
                Function<Gap, T> gap,
                Function<Unavailable, T> unavailable,
                Function<Rejected, T> rejected) {
            return gap.apply(this);
        }
    }

    /** Nobody answered, or not now; trying again later may help. */
    record Unavailable(String reason) implements Acknowledgement {
        @Override
        public <T> T match(
                Function<Stored, T> stored,
                Function<Gap, T> gap,
                Function<Unavailable, T> unavailable,
                Function<Rejected, T> rejected) {
            return unavailable.apply(this);
        }
    }

    /** The receiver will never take this batch, for example because the token is wrong; the reason says what to do. */
    record Rejected(String reason) implements Acknowledgement {
        @Override
        public <T> T match(
                Function<Stored, T> stored,
                Function<Gap, T> gap,
                Function<Unavailable, T> unavailable,
                Function<Rejected, T> rejected) {
            return rejected.apply(this);
        }
    }
}
