package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.report.MergeOutcome;
import io.evenkeel.pipeline.report.MergeRequest;
import io.evenkeel.pipeline.report.WholeReport;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The merged reports of a run, made beside other work. One thread; when closed too early, Playwright is stopped. */
final class Merging implements AutoCloseable {

    private final ExecutorService worker;
    private final Optional<Future<MergeOutcome>> outcome;

    private Merging(ExecutorService worker, Optional<Future<MergeOutcome>> outcome) {
        this.worker = worker;
        this.outcome = outcome;
    }

    /** Returns no merge at all. */
    static Merging none() {
        return new Merging(newWorker(), Optional.empty());
    }

    /** Begins a merge. */
    static Merging begin(MergeRequest request) {
        ExecutorService worker = newWorker();
        return new Merging(worker, Optional.of(worker.submit(() -> WholeReport.merge(request))));
    }

    private static ExecutorService newWorker() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "evenkeel-merge");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Waits for the end of the merge; its own time limit bounds the wait.
     *
     * @return empty when none was begun
     * @throws IOException when the folder of the report cannot be written
     * @throws InterruptedException when the thread is interrupted
     */
    Optional<MergeOutcome> outcome() throws IOException, InterruptedException {
        if (outcome.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(outcome.get().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new IOException(io.getMessage(), io);
            }
            throw new IllegalStateException("The merge of the reports broke.", e.getCause());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
