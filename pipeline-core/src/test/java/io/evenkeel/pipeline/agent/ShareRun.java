package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import io.evenkeel.pipeline.spool.SpoolFolder;
import io.evenkeel.pipeline.spool.SpoolId;
import io.evenkeel.pipeline.spool.SpoolLine;
import io.evenkeel.pipeline.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A share that an agent has run, and what its spools hold. */
record ShareRun(AgentOutcome outcome, List<String> lines, List<SpoolEvent> events, List<Path> files, Path blob) {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static ShareRun of(RunCommand command, Path evenkeel, Share share) throws IOException {
        return of(new Agents(), command, List.of(), evenkeel, share);
    }

    static ShareRun of(Agents agents, RunCommand command, List<String> options, Path evenkeel, Share share)
            throws IOException {
        SpoolId spool = new SpoolId("run-" + NUMBER.incrementAndGet(), 1, "test");
        AgentOutcome outcome = agents.agent().run(new AgentRequest(command, options, share, evenkeel, spool));
        List<SpoolEvent> events = new ArrayList<>();
        List<Path> files = new SpoolFolder(evenkeel.resolve("spool")).spoolsOf(spool);
        for (Path file : files) {
            SpoolReader reader = new SpoolReader(file);
            for (List<SpoolLine> lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
                lines.forEach(line -> events.add(line.match(SpoolLine.Event::event, broken -> {
                    throw new AssertionError(broken.toString());
                })));
            }
        }
        return new ShareRun(
                outcome, agents.lines(), events, files, evenkeel.resolve("blob").resolve(spool.name() + ".zip"));
    }

    /** First attempts that ended, set-up left out. */
    List<String> executed() throws IOException {
        List<String> ids = new ArrayList<>();
        RunDigest digest = RunDigest.of(files);
        events.forEach(event -> event.event().accept(RunEvent.onAttemptEnd(end -> {
            if (end.retry() == 0 && digest.selected().contains(end.id())) {
                ids.add(end.id());
            }
        })));
        return ids;
    }

    List<AttemptEnd> attempts() {
        List<AttemptEnd> attempts = new ArrayList<>();
        events.forEach(event -> event.event().accept(RunEvent.onAttemptEnd(attempts::add)));
        return attempts;
    }

    /** Makes an agent whose lines for people are kept. */
    static final class Agents {
        private final List<String> lines = new ArrayList<>();
        private final Agent agent = new Agent(System.getenv(), InstantSource.system(), lines::add);

        Agent agent() {
            return agent;
        }

        List<String> lines() {
            return lines;
        }
    }
}
