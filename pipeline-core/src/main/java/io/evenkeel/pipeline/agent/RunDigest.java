package io.evenkeel.pipeline.agent;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorRaised;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.spool.SpoolLine;
import io.evenkeel.pipeline.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the spools of one share say, reduced to what the proof of completeness needs. One thread. */
final class RunDigest implements RunEvent.Handler {

    private final Set<String> selected = new LinkedHashSet<>();
    private final Set<String> run = new HashSet<>();
    private final Map<String, Ended> ends = new HashMap<>();
    private final Set<String> setUpProjects = new HashSet<>();
    private final List<String> endings = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int begins;
    private int brokenLines;
    private boolean anyFailed;

    private RunDigest() {}

    /** Reads the spools that exist. */
    static RunDigest of(List<Path> spools) throws IOException {
        RunDigest digest = new RunDigest();
        for (Path spool : spools) {
            if (Files.exists(spool)) {
                digest.read(new SpoolReader(spool));
            }
        }
        return digest;
    }

    private void read(SpoolReader reader) throws IOException {
        for (List<SpoolLine> lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
            for (SpoolLine line : lines) {
                line.match(
                        event -> {
                            event.event().event().accept(this);
                            return true;
                        },
                        broken -> {
                            brokenLines++;
                            return false;
                        });
            }
        }
    }

    @Override
    public void runBegin(RunBegin event) {
        begins++;
        event.projects().stream().filter(p -> !p.role().equals("test")).forEach(p -> setUpProjects.add(p.name()));
    }

    @Override
    public void test(TestSelected event) {
        if (!setUpProjects.contains(event.project())) {
            selected.add(event.id());
        }
    }

    @Override
    public void attemptEnd(AttemptEnd event) {
        run.add(event.id());
        AttemptStatus status = event.outcome().status();
        if (status == AttemptStatus.INTERRUPTED) {
            ends.remove(event.id());
        } else {
            boolean good = status == event.outcome().expected() || status == AttemptStatus.SKIPPED;
            ends.put(event.id(), new Ended(event.id(), good ? Ended.Result.PASSED : Ended.Result.FAILED));
        }
        anyFailed |= event.outcome().status() != event.outcome().expected();
    }

    @Override
    public void error(ErrorRaised event) {
        if (errors.size() < 100) {
            errors.add(event.error().message().lines().findFirst().orElse("unknown error"));
        }
    }

    @Override
    public void runEnd(RunEnd event) {
        endings.add(event.status());
    }

    /** Tests Playwright was going to run, set-up and teardown left out, in its order. */
    Set<String> selected() {
        return Collections.unmodifiableSet(selected);
    }

    /** Returns the test's last result, empty for none or when it was interrupted. */
    Optional<Ended> endOf(String id) {
        return Optional.ofNullable(ends.get(id));
    }

    /** Returns the number of tests with a result, set-up included. */
    int results() {
        return ends.size();
    }

    boolean hasResults() {
        return !ends.isEmpty();
    }

    /** Returns whether Playwright has stopped because as many tests had failed as the user allows. */
    boolean stoppedEarly() {
        return errors.stream().anyMatch(error -> error.contains("Testing stopped early"));
    }

    boolean hasRun(String id) {
        return run.contains(id);
    }

    boolean began() {
        return begins > 0;
    }

    /** Returns whether every run that began has told its end. */
    boolean ended() {
        return begins > 0 && endings.size() == begins;
    }

    boolean wasInterrupted() {
        return endings.contains("interrupted");
    }

    /** Returns whether something was reported that explains tests without a result. */
    boolean explainsGaps() {
        return ended() && endings.stream().anyMatch(e -> !e.equals("passed")) && (anyFailed || !errors.isEmpty())
                || endings.contains("timedout");
    }

    Optional<String> firstError() {
        return errors.stream().findFirst();
    }

    int brokenLines() {
        return brokenLines;
    }
}
