package io.evenkeel.pipeline.queue;

import java.time.Duration;
import java.util.List;

/**
 * A queue in numbers.
 *
 * <p>Immutable.
 *
 * @param items by state
 * @param tests by result
 * @param numbers late results, hand-overs, state
 * @param agents by token
 */
public record QueueView(Items items, Tests tests, Journal.Numbers numbers, List<AgentView> agents) {

    public QueueView {
        agents = List.copyOf(agents);
    }

    /** Items by state, and what the open ones are estimated to take on one lane. */
    public record Items(int open, int held, int done, Duration openEstimate) {}

    /** Tests by result. */
    public record Tests(int waiting, int passed, int failed) {}

    /**
     * One agent.
     *
     * @param who it is
     * @param items it has or had last
     * @param estimated sum of their estimates
     * @param silent time since it was heard
     */
    public record AgentView(Journal.StoredMember who, int items, Duration estimated, Duration silent) {}
}
