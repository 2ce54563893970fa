package io.evenkeel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An executor of a CI: a disk of its own and an agent on it. */
record Machine(RunCommand project, Command.Started agent) {

    /** Starts {@code evenkeel run} for a share of a run; nothing on a busy computer is slow enough to fail its tests. */
    static Machine start(RunCommand project, RealCoordinator coordinator, String run, String... arguments)
            throws IOException {
        return start(project, coordinator.environment(), run, arguments);
    }

    /** Starts it with a way of its own to the coordinator. */
    static Machine start(RunCommand project, Map<String, String> way, String run, String... arguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(way);
        environment.putAll(Map.of("EVENKEEL_RUN", run, "FIXTURE_BROKEN", "0", "FIXTURE_PATIENCE", "20"));
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--", "npx", "playwright", "test", "--retries=4"));
        return new Machine(project, Command.startEvenkeel(project, environment, words.toArray(String[]::new)));
    }

    /** Ends everything on it at once, as a power cut does. */
    void kill() throws InterruptedException {
        List<ProcessHandle> all = agent.process().descendants().toList();
        agent.process().destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    Path spools() {
        return project.folder().resolve(".evenkeel/spool");
    }

    /** Returns how many attempts have ended here. */
    long ended() throws IOException {
        long ended = 0;
        for (Path spool : spoolFiles()) {
            ended += Files.readString(spool)
                    .lines()
                    .filter(line -> line.contains("\"attempt.end\""))
                    .count();
        }
        return ended;
    }

    /** Returns when the agent has written that it ends. */
    Instant end() throws IOException {
        for (Path spool : spoolFiles()) {
            for (String line : Files.readAllLines(spool)) {
                JsonNode event = new ObjectMapper().readTree(line);
                if (event.path("ev").asText().equals("agent.end")) {
                    return Instant.ofEpochMilli(event.path("t").asLong());
                }
            }
        }
        throw new IllegalStateException("There is no end in " + spoolFiles());
    }

    /** Returns the ids of the tests that have a result here. */
    Set<String> executed() throws IOException {
        Set<String> executed = new TreeSet<>();
        for (Path spool : spoolFiles()) {
            for (String line : Files.readAllLines(spool)) {
                JsonNode event = new ObjectMapper().readTree(line);
                String status = event.path("status").asText();
                if (event.path("ev").asText().equals("attempt.end")
                        && !status.equals("skipped")
                        && !status.equals("interrupted")) {
                    executed.add(event.path("id").asText());
                }
            }
        }
        return executed;
    }

    private List<Path> spoolFiles() throws IOException {
        if (!Files.isDirectory(spools())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(spools())) {
            return files.filter(file -> file.toString().endsWith(".ndjson")).toList();
        }
    }

    /** What a CI does with the artifacts of its jobs. */
    void sendResultsTo(Machine other) throws IOException {
        Files.createDirectories(other.spools());
        if (Files.isDirectory(spools())) {
            try (Stream<Path> files = Files.list(spools())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = other.spools().resolve(file.getFileName().toString());
                    if (!Files.exists(target)) {
                        Files.copy(file, target);
                    }
                }
            }
        }
    }

    /** Waits up to ten minutes for something that needs this machine; ends early when its agent has ended. */
    void until(Condition condition) throws Exception {
        for (int i = 0; i < 12_000 && !condition.holds(); i++) {
            if (agent.process().waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        if (!condition.holds()) {
            throw new IllegalStateException("It never came to that. The agent said: " + Files.readString(agent.err())
                    + Files.readString(agent.out()));
        }
    }

    /** Something that is waited for. */
    interface Condition {
        boolean holds() throws Exception;
    }
}
