package io.evenkeel.pipeline.verify;

import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.Attachment;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorRaised;
import io.evenkeel.pipeline.spool.SpoolLine;
import io.evenkeel.pipeline.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the spools of a verification run say about each test; traces are moved out of the copy before it is deleted. One thread. */
final class SpoolTests implements RunEvent.Handler {

    private final Path traces;
    private final Map<String, TestRun> tests = new LinkedHashMap<>();
    private Optional<String> errorOutside = Optional.empty();

    private SpoolTests(Path traces) {
        this.traces = traces;
    }

    static SpoolTests of(List<Path> spools, TestRunner.Run run) throws IOException {
        SpoolTests result = new SpoolTests(run.record().resolve("traces"));
        Files.createDirectories(result.traces);
        for (Path spool : spools) {
            SpoolReader reader = new SpoolReader(spool);
            for (List<SpoolLine> lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
                for (SpoolLine line : lines) {
                    line.match(
                            event -> {
                                event.event().event().accept(result);
                                return true;
                            },
                            broken -> false);
                }
            }
        }
        return result;
    }

    @Override
    public void attemptEnd(AttemptEnd event) {
        tests.put(
                event.id(),
                new TestRun(
                        event.id(),
                        event.outcome().status(),
                        event.outcome().expected(),
                        event.evidence().errors(),
                        event.evidence().attachments().stream()
                                .filter(attachment -> attachment.name().equals("trace"))
                                .findFirst()
                                .flatMap(trace -> keep(event.id(), trace))));
    }

    @Override
    public void error(ErrorRaised event) {
        if (errorOutside.isEmpty()) {
            String line = event.error().message().lines().findFirst().orElse("").strip();
            errorOutside = Optional.of("The suite does not run in a copy of the project: " + line);
        }
    }

    private Optional<Path> keep(String id, Attachment trace) {
        if (trace.path().isEmpty()) {
            return Optional.empty();
        }
        Path kept = traces.resolve(id.replaceAll("[^A-Za-z0-9-]", "_") + ".zip");
        try {
            Files.copy(Path.of(trace.path().get()), kept, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(kept);
        } catch (IOException e) {
            return Optional.empty(); // a trace is evidence, not a condition
        }
    }

    boolean has(String id) {
        return tests.containsKey(id);
    }

    List<TestRun> all() {
        return List.copyOf(tests.values());
    }

    /** Returns the first error outside of any test, as a sentence; empty if there was none. */
    Optional<String> errorOutside() {
        return errorOutside;
    }
}
