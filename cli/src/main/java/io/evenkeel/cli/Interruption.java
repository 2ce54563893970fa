package io.evenkeel.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Passes Ctrl+C on to a job and lets it end in order: Playwright runs in a process group of its own and does not get the terminal's signal.
 *
 * <p>While it is open, an interrupted process asks the job to stop, asks again every ten seconds, and ends when the job has ended.
 */
final class Interruption implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final int MOST = 4;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable interrupt) {
        this.hook = new Thread(() -> stop(interrupt), "evenkeel-interrupt");
    }

    static Interruption of(Runnable interrupt) {
        Interruption interruption = new Interruption(interrupt);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void stop(Runnable interrupt) {
        try {
            for (int i = 0; i < MOST; i++) {
                interrupt.run();
                if (done.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being interrupted, and the hook is what waits for us.
        }
    }
}
