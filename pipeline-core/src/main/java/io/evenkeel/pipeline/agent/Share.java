package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.discover.Suite;
import java.util.List;
import java.util.function.Function;

/**
 * What an agent has to run.
 *
 * <p>Immutable.
 */
public sealed interface Share {

    /** Calls the function for this variant. */
    <T> T match(
            Function<Everything, T> everything,
            Function<Ids, T> ids,
            Function<Planned, T> planned,
            Function<Queued, T> queued);

    /** Whatever the command runs by itself; nothing is listed beforehand. */
    record Everything() implements Share {
        @Override
        public <T> T match(
                Function<Everything, T> everything,
                Function<Ids, T> ids,
                Function<Planned, T> planned,
                Function<Queued, T> queued) {
            return everything.apply(this);
        }
    }

    /**
     * Tests by id, when nobody has listed the suite on this machine. Playwright before 1.62 has to list it first.
     *
     * @param ids in the planned order, each once; empty is an empty share
     */
    record Ids(List<String> ids) implements Share {
        public Ids {
            ids = List.copyOf(ids);
        }

        @Override
        public <T> T match(
                Function<Everything, T> everything,
                Function<Ids, T> ids,
                Function<Planned, T> planned,
                Function<Queued, T> queued) {
            return ids.apply(this);
        }
    }

    /**
     * Tests by id of a suite that is known.
     *
     * @param ids in the planned order, each once; empty is an empty share
     * @param suite the suite that was listed for the same command
     */
    record Planned(List<String> ids, Suite suite) implements Share {
        public Planned {
            ids = List.copyOf(ids);
        }

        @Override
        public <T> T match(
                Function<Everything, T> everything,
                Function<Ids, T> ids,
                Function<Planned, T> planned,
                Function<Queued, T> queued) {
            return planned.apply(this);
        }
    }

    /**
     * Whatever a queue grants while the run goes on.
     *
     * @param suite the suite that was listed for the same command
     * @param seat this agent's place in the queue
     */
    record Queued(Suite suite, QueueSeat seat) implements Share {
        @Override
        public <T> T match(
                Function<Everything, T> everything,
                Function<Ids, T> ids,
                Function<Planned, T> planned,
                Function<Queued, T> queued) {
            return queued.apply(this);
        }
    }
}
