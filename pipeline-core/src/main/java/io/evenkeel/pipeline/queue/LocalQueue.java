package io.evenkeel.pipeline.queue;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The queue of one process, for executors on one machine. Thread-safe. */
public final class LocalQueue implements WorkQueue {

    private final QueueMachine machine;
    private final InstantSource clock;

    /**
     * Begins a queue.
     *
     * @param items in the order to hand them out
     */
    public LocalQueue(List<QueueItem> items, Terms terms, InstantSource clock) {
        this.machine = QueueMachine.create(items, terms, Journal.NONE);
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Admission> join(Member who, Waiting waiting) {
        return Optional.of(machine.join(who, clock.instant()));
    }

    @Override
    public synchronized Reply claim(long token, Ask ask) {
        return machine.claim(token, ask, clock.instant());
    }

    /** Results are in the spools of this machine, so they count at once. */
    @Override
    public synchronized Reply heartbeat(long token, List<Ended> ended, int since) {
        return machine.heartbeat(token, ended, since, clock.instant());
    }

    @Override
    public synchronized boolean leave(long token, List<Ended> safe, List<Ended> ended) {
        List<Ended> all = new ArrayList<>(safe);
        all.addAll(ended);
        machine.leave(token, all, clock.instant());
        return true;
    }

    /** Returns the queue in numbers. */
    public synchronized QueueView view() {
        return machine.view(clock.instant());
    }
}
