package io.evenkeel.pipeline.queue;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What a queue says to an agent.
 *
 * <p>Immutable.
 */
public sealed interface Reply {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<Going, T> going, Function<Stale, T> stale, Function<Away, T> away);

    /**
     * The lease holds.
     *
     * @param granted what the agent may run, beside what it has
     * @param changes of the claimed set since the revision it knew
     * @param standing how far the queue is
     * @param uncounted results that were told and do not count
     */
    record Going(List<Granted> granted, Changes changes, Standing standing, Uncounted uncounted) implements Reply {

        public Going {
            granted = List.copyOf(granted);
        }

        @Override
        public <T> T match(Function<Going, T> going, Function<Stale, T> stale, Function<Away, T> away) {
            return going.apply(this);
        }
    }

    /**
     * Ids of tests whose results were told and do not count.
     *
     * @param refused their tests belong to another agent by now
     * @param missing the results themselves have not arrived yet: to be told again
     */
    record Uncounted(List<String> refused, List<String> missing) {

        /** Everything counts. */
        public static final Uncounted NONE = new Uncounted(List.of(), List.of());

        public Uncounted {
            refused = List.copyOf(refused);
            missing = List.copyOf(missing);
        }
    }

    /** The lease is over and its work may be with others: join again to go on. */
    record Stale(String reason) implements Reply {
        @Override
        public <T> T match(Function<Going, T> going, Function<Stale, T> stale, Function<Away, T> away) {
            return stale.apply(this);
        }
    }

    /** Nobody answered; later it may go well. */
    record Away(String reason) implements Reply {
        @Override
        public <T> T match(Function<Going, T> going, Function<Stale, T> stale, Function<Away, T> away) {
            return away.apply(this);
        }
    }

    /** An item, or what is left of it. */
    record Granted(int position, List<String> tests) {
        public Granted {
            tests = List.copyOf(tests);
        }
    }

    /**
     * What has changed in the claimed set.
     *
     * @param revision to ask with next time
     * @param taken positions that somebody else has or has done
     * @param free positions that are to be had again
     */
    record Changes(int revision, List<Span> taken, List<Span> free) {
        public Changes {
            taken = List.copyOf(taken);
            free = List.copyOf(free);
        }
    }

    /** Positions from {@code first} to {@code last}, both included. */
    record Span(int first, int last) {}

    /**
     * How far the queue is.
     *
     * @param open items nobody has
     * @param heldByOthers items of other agents that are not done
     * @param quiet longest silence of an agent that holds some of these
     * @param state whether work is handed out
     */
    record Standing(int open, int heldByOthers, Duration quiet, Journal.QueueState state) {}
}
