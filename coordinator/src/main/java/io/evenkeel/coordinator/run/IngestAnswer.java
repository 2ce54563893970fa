package io.evenkeel.coordinator.run;

import java.util.List;
import java.util.function.Function;

/** What became of a batch. Immutable. */
public sealed interface IngestAnswer {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<Accepted, T> accepted, Function<Gap, T> gap, Function<NoSuchRun, T> noSuchRun);

    /**
     * All of it is durable.
     *
     * @param acknowledged last number that is kept; everything up to it may be forgotten by the sender
     * @param accepted events that were new
     * @param duplicates events that were known
     * @param rejected new events that could not be read; they count as acknowledged
     */
    record Accepted(long acknowledged, int accepted, int duplicates, List<Entry> rejected) implements IngestAnswer {

        public Accepted {
            rejected = List.copyOf(rejected);
        }

        @Override
        public <T> T match(Function<Accepted, T> onAccepted, Function<Gap, T> gap, Function<NoSuchRun, T> noSuchRun) {
            return onAccepted.apply(this);
        }
    }

    /**
     * Events are missing in front of or inside the batch; nothing of it was kept.
     *
     * @param wanted number the next batch must begin with, or contain
     */
    record Gap(long wanted) implements IngestAnswer {
        @Override
        public <T> T match(Function<Accepted, T> accepted, Function<Gap, T> gap, Function<NoSuchRun, T> noSuchRun) {
            return gap.apply(this);
        }
    }

    /** Nobody has opened a run with this key. */
    record NoSuchRun() implements IngestAnswer {
        @Override
        public <T> T match(Function<Accepted, T> accepted, Function<Gap, T> gap, Function<NoSuchRun, T> noSuchRun) {
            return noSuchRun.apply(this);
        }
    }
}
