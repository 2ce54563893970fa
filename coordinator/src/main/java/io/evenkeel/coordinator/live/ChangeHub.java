package io.evenkeel.coordinator.live;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes those who watch a run when it has changed.
 *
 * <p>Changes are gathered for a moment, so a run with a thousand batches a second still costs a watcher a few messages. A
 * watcher holds no queue: when it wakes it reads what is new since the last version it has sent, so a slow one gets fewer and
 * larger messages and nothing is lost. Each watcher that has something to send uses one thread while it sends; one that hangs
 * holds up nobody else.
 *
 * <p>Thread-safe.
 */
public final class ChangeHub implements AutoCloseable {

    /** Changes within this time make one message. */
    public static final Duration GATHER = Duration.ofMillis(200);

    /** Silence after which a watcher sends a sign of life, so that proxies keep the connection. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Readers at once; more are refused, since each holds a connection. */
    public static final int MOST_WATCHERS = 600;

    private static final Logger LOG = System.getLogger(ChangeHub.class.getName());

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "evenkeel-live"));
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            0,
            MOST_WATCHERS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, "evenkeel-live-sender"));

    /** Starts the ticker. */
    public ChangeHub() {
        var unused =
                ticker.scheduleWithFixedDelay(this::tick, GATHER.toMillis(), GATHER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Somebody who watches a run. */
    public interface Watcher {
        /** The run has changed; called by one thread at a time. Anything thrown ends the watch. */
        void changed();

        /** Nothing has changed for {@link #HEARTBEAT}; as {@link #changed()}. */
        void quiet();

        /** The coordinator stops: nothing will come any more. */
        void ended();
    }

    /** One watch; closing it twice is harmless. */
    public final class Watch implements AutoCloseable {

        private final long runId;
        private final Watcher watcher;
        private final AtomicBoolean dirty = new AtomicBoolean(true);
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile long lastSign = System.nanoTime();

        private Watch(long runId, Watcher watcher) {
            this.runId = runId;
            this.watcher = watcher;
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }

    /**
     * Begins to watch; the watcher is called once at the next tick whether or not the run changes.
     *
     * @throws IllegalStateException when too many watch already
     */
    public Watch watch(long runId, Watcher watcher) {
        if (watches.size() >= MOST_WATCHERS) {
            throw new IllegalStateException("More than " + MOST_WATCHERS + " readers watch runs already.");
        }
        Watch watch = new Watch(runId, watcher);
        watches.add(watch);
        return watch;
    }

    /** Notes that a run has changed; never waits. */
    public void changed(long runId) {
        for (Watch watch : watches) {
            if (watch.runId == runId) {
                watch.dirty.set(true);
            }
        }
    }

    /** Returns the number of watchers. */
    public int watchers() {
        return watches.size();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        senders.shutdownNow();
        watches.forEach(watch -> watch.watcher.ended());
        watches.clear();
    }

    private void tick() {
        long now = System.nanoTime();
        for (Watch watch : watches) {
            boolean silent = now - watch.lastSign >= HEARTBEAT.toNanos();
            if ((watch.dirty.get() || silent) && watch.busy.compareAndSet(false, true)) {
                watch.lastSign = now;
                send(watch, watch.dirty.getAndSet(false));
            }
        }
    }

    private void send(Watch watch, boolean changed) {
        try {
            senders.execute(() -> run(watch, changed));
        } catch (RejectedExecutionException e) {
            // Closing, or every sender hangs: this watcher tries again at the next tick.
            watch.dirty.set(true);
            watch.busy.set(false);
        }
    }

    private static void run(Watch watch, boolean changed) {
        try {
            if (changed) {
                watch.watcher.changed();
            } else {
                watch.watcher.quiet();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "watch ended run=" + watch.runId + ": " + e);
            watch.close();
        } finally {
            watch.busy.set(false);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
