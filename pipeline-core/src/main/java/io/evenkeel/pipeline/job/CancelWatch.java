package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.queue.Terms;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks the coordinator with each heartbeat whether the run was called off, and says so once.
 *
 * <p>For executors that run a share of a plan; those that work off a queue hear of it with the answers they get anyway. A coordinator that is away
 * changes nothing. Has a thread of its own, ended by {@link #close}.
 */
final class CancelWatch implements AutoCloseable {

    private final ScheduledExecutorService heart;

    private CancelWatch(ScheduledExecutorService heart) {
        this.heart = heart;
    }

    /**
     * Begins to ask, at once and then with each heartbeat.
     *
     * @param cancelled is run at most once, on the watch's thread
     */
    static CancelWatch start(CoordinatorClient client, String runKey, Runnable cancelled) {
        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "evenkeel-cancel");
            thread.setDaemon(true);
            return thread;
        });
        Runnable ask = () -> {
            if (client.isCancelled(runKey).value().orElse(false)) {
                heart.shutdown();
                cancelled.run();
            }
        };
        heart.scheduleWithFixedDelay(ask, 0, Terms.STANDARD.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        return new CancelWatch(heart);
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
