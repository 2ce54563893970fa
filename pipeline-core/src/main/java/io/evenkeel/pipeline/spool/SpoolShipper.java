package io.evenkeel.pipeline.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Ships the spools of one share while its tests run.
 *
 * <p>Never holds up the tests: it has a thread of its own, and {@link #close} waits a bounded time. What is not shipped then stays in the
 * spool, and a later process ({@link #shipAll}) sends it. Thread-safe.
 */
public final class SpoolShipper implements AutoCloseable {

    /** What the end of a run may wait for the coordinator. */
    public static final Duration LAST_WAIT = Duration.ofSeconds(5);

    /** Files of failed attempts of one share; a trace is about 0.1 to 5 MiB. */
    public static final long ARTIFACT_BYTES = 512L * 1024 * 1024;

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final SpoolFolder folder;
    private final SpoolId id;
    private final EventSink sink;
    private final ArtifactUpload artifacts;
    private final Consumer<String> people;
    private final Map<Path, SpoolFollower> followers = new HashMap<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean complete;
    private volatile boolean told;
    private volatile long deadline = Long.MAX_VALUE;

    private SpoolShipper(
            SpoolFolder folder, SpoolId id, EventSink sink, ArtifactUpload artifacts, Consumer<String> people) {
        this.folder = folder;
        this.id = id;
        this.sink = sink;
        this.artifacts = artifacts;
        this.people = people;
        this.thread = new Thread(this::work, "evenkeel-shipper-" + id.name());
        this.thread.setDaemon(true);
    }

    /**
     * Begins to ship the spools of a share, which need not exist yet.
     *
     * @param people takes lines for the user, from another thread
     */
    public static SpoolShipper start(
            SpoolFolder folder, SpoolId id, EventSink sink, ArtifactSink artifacts, Consumer<String> people) {
        SpoolShipper shipper =
                new SpoolShipper(folder, id, sink, new ArtifactUpload(artifacts, ARTIFACT_BYTES), people);
        shipper.thread.start();
        return shipper;
    }

    /**
     * Ships what earlier processes have left in a folder.
     *
     * @param wanted which spools, by their names
     * @param ids makes the id of a spool of its name
     * @param patience for all of it
     * @return how many spools still hold events that are not acknowledged
     */
    public static int shipAll(
            SpoolFolder folder,
            Predicate<String> wanted,
            SpoolIds ids,
            EventSink sink,
            Duration patience,
            Consumer<String> people)
            throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        int open = 0;
        for (Path file : folder.all()) {
            if (!wanted.test(SpoolFolder.nameOf(file))) {
                continue;
            }
            SpoolFollower follower = new SpoolFollower(file, ids.of(SpoolFolder.nameOf(file)), people);
            SpoolFollower.Step step = SpoolFollower.Step.PROGRESS;
            while (step == SpoolFollower.Step.PROGRESS && System.nanoTime() < end) {
                step = follower.step(sink, event -> event);
            }
            open += step == SpoolFollower.Step.IDLE ? 0 : 1;
        }
        return open;
    }

    /** Returns whether every event of a spool is acknowledged. */
    public static boolean delivered(Path spool) throws IOException {
        SpoolFollower follower =
                new SpoolFollower(spool, new SpoolId(SpoolFolder.nameOf(spool), 0, "delivered"), line -> {});
        return follower.step(batch -> new Acknowledgement.Unavailable("only looking"), event -> event)
                == SpoolFollower.Step.IDLE;
    }

    /** Makes the id of a spool that is known by its name alone. */
    @FunctionalInterface
    public interface SpoolIds {
        SpoolId of(String name);
    }

    private void work() {
        Duration pause = POLL;
        try {
            while (true) {
                boolean last = ending.getCount() == 0;
                SpoolFollower.Step step = stepAll();
                if (step == SpoolFollower.Step.REJECTED) {
                    told = true;
                    return;
                }
                if (last && step == SpoolFollower.Step.IDLE) {
                    complete = true;
                    return;
                }
                if (System.nanoTime() > deadline) {
                    return;
                }
                boolean away = step == SpoolFollower.Step.UNAVAILABLE;
                pause = away && !last ? shorter(pause.multipliedBy(2), LONGEST_PAUSE) : POLL;
                if (step != SpoolFollower.Step.PROGRESS && !(last && !away)) {
                    rest(pause, last);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            told = true;
            people.accept(
                    "The spool in " + folder.folder() + " cannot be read (" + e + "); its results are not shipped.");
        }
    }

    /** Waits, but not once the run has ended: then every moment is the user's. */
    private void rest(Duration pause, boolean last) throws InterruptedException {
        if (last) {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } else {
            ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** One batch of each spool; the worst step counts. */
    private SpoolFollower.Step stepAll() throws IOException {
        SpoolFollower.Step worst = SpoolFollower.Step.IDLE;
        for (Path file : folder.spoolsOf(id)) {
            SpoolFollower follower = followers.computeIfAbsent(
                    file,
                    f -> new SpoolFollower(f, new SpoolId(SpoolFolder.nameOf(f), id.shard(), id.executor()), people));
            SpoolFollower.Step step = follower.step(sink, artifacts);
            worst = worse(worst, step);
        }
        return worst;
    }

    private static SpoolFollower.Step worse(SpoolFollower.Step a, SpoolFollower.Step b) {
        if (a == SpoolFollower.Step.REJECTED || b == SpoolFollower.Step.REJECTED) {
            return SpoolFollower.Step.REJECTED;
        }
        if (a == SpoolFollower.Step.UNAVAILABLE || b == SpoolFollower.Step.UNAVAILABLE) {
            return SpoolFollower.Step.UNAVAILABLE;
        }
        return a == SpoolFollower.Step.PROGRESS ? a : b;
    }

    /** Ships what is there, for at most {@link #LAST_WAIT}; call it after the agent has ended. */
    @Override
    public void close() {
        finish(LAST_WAIT);
    }

    /**
     * Ships what is there.
     *
     * @param patience afterwards the rest is left to a later process
     * @return whether everything is acknowledged
     */
    public Completion finish(Duration patience) {
        deadline = System.nanoTime() + patience.toNanos();
        ending.countDown();
        try {
            thread.join(Math.max(1, patience.toMillis() / 2));
            artifacts.stop(); // results before files
            thread.join(Math.max(1, patience.toMillis() / 2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        if (!complete && !told) {
            people.accept("Not all results reached the coordinator; the rest is kept in " + folder.folder()
                    + " and is sent with the next report.");
        }
        return complete ? Completion.ALL_SHIPPED : Completion.LEFT_IN_SPOOL;
    }

    /** Whether anything is left to ship. */
    public enum Completion {
        ALL_SHIPPED,
        LEFT_IN_SPOOL
    }
}
