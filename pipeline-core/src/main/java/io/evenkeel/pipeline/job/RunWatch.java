package io.evenkeel.pipeline.job;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptBegin;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.spool.SpoolFolder;
import io.evenkeel.pipeline.spool.SpoolId;
import io.evenkeel.pipeline.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Follows the spools of a run and tells how far it is. Has a thread of its own, ended by {@link #close}. */
final class RunWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(300);

    private final SpoolFolder folder;
    private final List<SpoolId> spools;
    private final int planned;
    private final People people;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Path, SpoolReader> readers = new HashMap<>();
    private final Set<String> setUp = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private final Thread thread;

    private RunWatch(SpoolFolder folder, List<SpoolId> spools, int planned, People people) {
        this.folder = folder;
        this.spools = spools;
        this.planned = planned;
        this.people = people;
        this.thread = new Thread(this::follow, "evenkeel-watch");
        thread.setDaemon(true);
    }

    static RunWatch start(SpoolFolder folder, List<SpoolId> spools, int planned, People people) {
        RunWatch watch = new RunWatch(folder, spools, planned, people);
        watch.thread.start();
        return watch;
    }

    private void follow() {
        try {
            boolean last;
            do {
                last = end.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
                poll();
                people.progress(new People.Progress(planned, ended.size(), failed.size(), open.size()));
            } while (!last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            people.warn("Progress cannot be shown any more: " + e.getMessage());
        }
    }

    private void poll() throws IOException {
        for (SpoolId spool : spools) {
            for (Path file : folder.spoolsOf(spool)) {
                if (!Files.exists(file)) {
                    continue;
                }
                SpoolReader reader = readers.computeIfAbsent(file, SpoolReader::new);
                for (var lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
                    lines.forEach(line -> line.match(
                            event -> {
                                event.event().event().accept(new Counter(file));
                                return true;
                            },
                            broken -> false));
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        end.countDown();
        thread.join(Duration.ofSeconds(5).toMillis());
    }

    /** Counts tests, not attempts; what runs before all executors is no test of the plan. */
    private final class Counter implements RunEvent.Handler {

        private final Path spool;

        Counter(Path spool) {
            this.spool = spool;
        }

        @Override
        public void runBegin(RunEvent.RunBegin event) {
            event.projects().stream()
                    .filter(project -> !project.role().equals("test"))
                    .forEach(project -> setUp.add(project.name()));
        }

        @Override
        public void test(TestSelected event) {
            if (setUp.contains(event.project())) {
                setUp.add(event.id());
            }
        }

        @Override
        public void attemptBegin(AttemptBegin event) {
            open.add(spool + event.id());
        }

        @Override
        public void attemptEnd(AttemptEnd event) {
            open.remove(spool + event.id());
            if (setUp.contains(event.id())) {
                return;
            }
            ended.add(event.id());
            boolean unexpected = event.outcome().status() != event.outcome().expected()
                    && event.outcome().status() != AttemptStatus.SKIPPED;
            if (unexpected) {
                failed.add(event.id());
            } else {
                failed.remove(event.id());
            }
        }
    }
}
