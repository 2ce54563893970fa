package io.evenkeel.coordinator.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The only one who writes: takes what waits, runs it in one transaction, syncs once and answers everybody.
 *
 * <p>SQLite has one writer anyway; giving it a thread of its own makes every commit a group commit, without any waiting of its
 * own: while the disk syncs, the next group gathers. Each piece of work has a savepoint, so that one that fails takes nobody
 * with it. The answer comes after the commit is on disk ({@code synchronous=FULL}).
 *
 * <p>Thread-safe.
 */
public final class Writer implements AutoCloseable {

    /** What waits at most; beyond it callers are asked to come back. */
    static final int QUEUE = 2_000;

    /** Work of one commit at most, so that nobody waits for a group without end. */
    static final int GROUP = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = System.getLogger(Writer.class.getName());

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final ArrayBlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong works = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    Writer(Connection connection) {
        this.connection = connection;
        this.thread = new Thread(this::loop, "evenkeel-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Work inside a transaction; runs on the writer's thread. */
    public interface Work<T> {
        /** Returns the answer; anything thrown undoes this work alone. */
        T run(Transaction transaction);
    }

    /**
     * Runs the work and returns when it is durable.
     *
     * @throws OverloadedException when too much is waiting; nothing was written
     * @throws DatabaseException when the database fails, for example because the disk is full
     */
    public <T> T write(Work<T> work) {
        if (closing) {
            throw new OverloadedException(
                    "The coordinator is stopping; send this again in a moment.", Duration.ofSeconds(2));
        }
        Job<T> job = new Job<>(work);
        if (!queue.offer(job)) {
            throw new OverloadedException(
                    "More than " + QUEUE + " writes are waiting; send this again in a moment.", Duration.ofSeconds(2));
        }
        try {
            return job.answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadedException(
                    "The coordinator is stopping; send this again in a moment.", Duration.ofSeconds(2));
        } catch (TimeoutException e) {
            throw new OverloadedException(
                    "The disk did not answer for " + PATIENCE.toSeconds() + " s; send this again in a moment.",
                    PATIENCE);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    /** Returns the number of writes that wait. */
    public int waiting() {
        return queue.size();
    }

    /** Returns the number of commits so far; less than {@link #works()} when commits were shared. */
    public long commits() {
        return commits.get();
    }

    /** Returns the number of pieces of work written so far. */
    public long works() {
        return works.get();
    }

    /** Returns whether the thread that writes is alive. */
    public boolean alive() {
        return thread.isAlive();
    }

    /** Writes what waits, at most for ten seconds, and stops. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        List<Job<?>> group = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                Job<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                group.add(first);
                queue.drainTo(group, GROUP - 1);
                write(group);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                group.clear();
            }
        }
    }

    private void write(List<Job<?>> group) {
        List<Job<?>> done = new ArrayList<>();
        try {
            execute("begin immediate");
            for (Job<?> job : group) {
                if (runOne(job)) {
                    done.add(job);
                }
            }
            execute("commit");
        } catch (SQLException | RuntimeException e) {
            rollback();
            DatabaseException failure = DatabaseException.ofWrite(e);
            LOG.log(Level.ERROR, "commit failed works=" + group.size() + ": " + e.getMessage());
            group.forEach(job -> job.undo(failure));
            return;
        }
        commits.incrementAndGet();
        works.addAndGet(done.size());
        done.forEach(Job::complete);
    }

    private boolean runOne(Job<?> job) throws SQLException {
        execute("savepoint work");
        try {
            job.run(new Transaction(connection, statements));
            execute("release work");
            return true;
        } catch (RuntimeException e) {
            execute("rollback to work");
            execute("release work");
            job.undo(e);
            return false;
        }
    }

    private void rollback() {
        try {
            execute("rollback");
        } catch (SQLException e) {
            // A full disk ends the transaction by itself; then there is none to roll back.
            LOG.log(Level.DEBUG, "nothing to roll back: " + e.getMessage());
        }
    }

    private void execute(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        statement.execute();
    }

    private static final class Job<T> {

        private final Work<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable Transaction transaction;
        private @Nullable T result;

        private Job(Work<T> work) {
            this.work = work;
        }

        private void run(Transaction started) {
            transaction = started;
            result = work.run(started);
            started.flush();
        }

        @SuppressWarnings("NullAway") // A work may answer null only where T allows it (Void).
        private void complete() {
            if (transaction != null) {
                transaction.committed();
            }
            answer.complete(result);
        }

        private void undo(RuntimeException reason) {
            if (transaction != null) {
                transaction.rolledBack();
                transaction = null;
            }
            answer.completeExceptionally(reason);
        }
    }
}
