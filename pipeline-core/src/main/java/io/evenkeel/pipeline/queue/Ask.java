package io.evenkeel.pipeline.queue;

import java.time.Duration;
import java.util.List;

/**
 * What an agent wants.
 *
 * <p>Immutable.
 *
 * @param tests ids that stand before the gate now; empty when the agent only pulls
 * @param after the gate has passed all positions up to this one, so nothing before it is of use; -1 for none
 * @param ahead whether to grant what comes next
 * @param since revision the agent knows the claimed set of, 0 for nothing
 * @param pull what asking costs this agent: next to nothing at the gate, seconds with a process for each batch
 */
public record Ask(List<String> tests, int after, Ahead ahead, int since, Duration pull) {

    /** How much more to grant. */
    public enum Ahead {
        /** What is asked for, no more. */
        NOTHING,
        /** The next items if they are short beside what is left, so that nobody idles at the end while this agent has two. */
        PREFETCH,
        /** The next items, at least one. */
        NEXT
    }

    public Ask {
        tests = List.copyOf(tests);
        if (pull.isNegative()) {
            throw new IllegalArgumentException("The pull (" + pull + ") of a claim must not be negative.");
        }
    }
}
