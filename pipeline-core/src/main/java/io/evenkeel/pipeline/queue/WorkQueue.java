package io.evenkeel.pipeline.queue;

import java.util.List;
import java.util.Optional;

/** A queue as an agent sees it. Thread-safe; nothing throws for what a network can do. */
public interface WorkQueue {

    /** Whether anything stands still until there is an answer. */
    enum Waiting {
        /** The begin of the run, or a worker in front of the gate. */
        SOMEBODY,
        /** Tests run meanwhile. */
        NOBODY
    }

    /** Takes part; empty when nobody answers. Asking again after a lost answer gives the same place. */
    Optional<Admission> join(Member who, Waiting waiting);

    /** Asks for work; asking again after a lost answer grants the same. */
    Reply claim(long token, Ask ask);

    /**
     * Says that the agent lives, and what it has done.
     *
     * @param ended counted when the results themselves have arrived; see {@link Reply.Uncounted}
     */
    Reply heartbeat(long token, List<Ended> ended, int since);

    /**
     * Gives back everything that is not done; quick, and harmless when repeated.
     *
     * @param safe results that will arrive by another way, for example with the files of the CI job
     * @param ended results that count only if they have arrived already
     * @return whether the queue has heard it
     */
    boolean leave(long token, List<Ended> safe, List<Ended> ended);
}
