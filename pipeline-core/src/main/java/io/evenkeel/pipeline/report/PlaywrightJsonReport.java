package io.evenkeel.pipeline.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.playwright.PlaywrightTestId;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.Annotation;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorRaised;
import io.evenkeel.pipeline.protocol.RunEvent.Lane;
import io.evenkeel.pipeline.protocol.RunEvent.ProjectInfo;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads the report of Playwright's JSON reporter as if its run had been streamed.
 *
 * <p>The report's own {@code id} of a spec is that of its first project only, so ids are computed. It tells neither set-up
 * projects nor the exit code; the first are known by running in several shards, the second follows from the results.
 * One thread.
 */
public final class PlaywrightJsonReport {

    private static final long MAX_BYTES = 512L << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode root;
    private final RunSummaryBuilder.Events events;
    private final Map<String, Integer> repeats = new HashMap<>();
    private final Map<String, JsonNode> projects = new HashMap<>();
    private final Instant begin;
    private boolean unexpected;
    private boolean interrupted;

    private PlaywrightJsonReport(JsonNode root, RunSummaryBuilder.Events events) {
        this.root = root;
        this.events = events;
        this.begin = instant(root.path("stats").path("startTime").asText(""));
        root.path("config")
                .path("projects")
                .forEach(p -> projects.put(p.path("id").asText(p.path("name").asText()), p));
    }

    /**
     * Reads the reports of one run, one for each shard; executors are called after the files.
     *
     * @throws RefusedFileException when a file is no such report; nothing of it is taken over
     * @throws IOException when a file cannot be read
     */
    public static void read(List<Path> files, RunSummaryBuilder builder) throws IOException {
        List<JsonNode> roots = new ArrayList<>();
        for (Path file : files) {
            roots.add(parse(file));
        }
        Set<String> setups = setups(roots);
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i).getFileName().toString().replaceFirst("\\.json$", "");
            new PlaywrightJsonReport(roots.get(i), builder.executor(name)).replay(setups);
        }
    }

    private static JsonNode parse(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new RefusedFileException(file + " is larger than " + (MAX_BYTES >> 20) + " MiB.");
        }
        try {
            JsonNode root = MAPPER.readTree(file.toFile());
            if (root == null
                    || !root.path("config").isObject()
                    || !root.path("suites").isArray()) {
                throw new RefusedFileException(
                        file + " is no report of Playwright's JSON reporter: it lacks \"config\" or \"suites\".");
            }
            return root;
        } catch (JacksonException e) {
            throw new RefusedFileException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Playwright's {@code --shard} never runs a test twice, except for set-up and teardown. */
    private static Set<String> setups(List<JsonNode> roots) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> setups = new LinkedHashSet<>();
        for (JsonNode root : roots) {
            if (root.path("config").path("shard").isObject()) {
                Set<String> here = new LinkedHashSet<>();
                root.path("suites").forEach(suite -> projectsByTest(suite, new ArrayList<>(), here));
                here.forEach(test -> {
                    if (seen.merge(test, 1, Integer::sum) > 1) {
                        setups.add(test.substring(0, test.indexOf('\u001e')));
                    }
                });
            }
        }
        return setups;
    }

    private static void projectsByTest(JsonNode suite, List<String> titles, Set<String> tests) {
        titles.add(suite.path("title").asText());
        for (JsonNode spec : suite.path("specs")) {
            for (JsonNode test : spec.path("tests")) {
                tests.add(test.path("projectName").asText() + "\u001e" + titles
                        + spec.path("title").asText() + ":" + spec.path("line").asInt());
            }
        }
        suite.path("suites").forEach(inner -> projectsByTest(inner, titles, tests));
        titles.remove(titles.size() - 1);
    }

    private void replay(Set<String> setups) {
        JsonNode config = root.path("config");
        List<ProjectInfo> infos = new ArrayList<>();
        List<String> setupNames = List.copyOf(setups);
        projects.values().forEach(p -> {
            String name = p.path("name").asText();
            boolean setup = setups.contains(name);
            infos.add(new ProjectInfo(
                    name,
                    p.path("testDir").asText(),
                    p.path("retries").asInt(),
                    setup ? List.of() : setupNames,
                    setup ? "setup" : "test"));
        });
        int workers = config.path("metadata")
                .path("actualWorkers")
                .asInt(config.path("workers").asInt(1));
        emit(new RunBegin(
                config.path("version").asText(),
                fileName(config.path("configFile").asText("")),
                config.path("rootDir").asText(),
                Math.max(1, workers),
                infos));
        for (JsonNode suite : root.path("suites")) {
            for (JsonNode spec : suite.path("specs")) {
                spec(spec, List.of());
            }
            suite.path("suites").forEach(inner -> describe(inner, List.of()));
        }
        boolean errors = false;
        for (JsonNode error : root.path("errors")) {
            emit(new ErrorRaised(error(error)));
            errors = true;
        }
        String status = interrupted ? "interrupted" : unexpected || errors ? "failed" : "passed";
        long duration = Math.max(0, (long) root.path("stats").path("duration").asDouble());
        events.accept(begin.plusMillis(duration), new RunEnd(status, Duration.ofMillis(duration)));
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private void describe(JsonNode suite, List<String> outer) {
        List<String> titles = new ArrayList<>(outer);
        titles.add(suite.path("title").asText());
        suite.path("specs").forEach(spec -> spec(spec, titles));
        suite.path("suites").forEach(inner -> describe(inner, titles));
    }

    private void spec(JsonNode spec, List<String> describes) {
        List<String> titles = new ArrayList<>(describes);
        titles.add(spec.path("title").asText());
        for (JsonNode test : spec.path("tests")) {
            String file = spec.path("file").asText();
            String project =
                    test.path("projectId").asText(test.path("projectName").asText());
            String id = id(project, file, titles, spec);
            TestPlace place = new TestPlace(
                    file, titles, spec.path("line").asInt(), spec.path("column").asInt(), "default");
            AttemptStatus expected = status(test.path("expectedStatus").asText());
            List<String> tags = StreamSupport.stream(spec.path("tags").spliterator(), false)
                    .map(t -> "@" + t.asText().replaceFirst("^@", ""))
                    .toList();
            emit(new TestSelected(id, test.path("projectName").asText(), place, tags, expected));
            for (JsonNode result : test.path("results")) {
                attempt(id, expected, test, result);
            }
            unexpected |= test.path("status").asText().equals("unexpected");
        }
    }

    /** Repetitions have the same titles and differ by their number alone. */
    private String id(String project, String file, List<String> titles, JsonNode spec) {
        String key = project + "\u001e" + file + "\u001e" + spec.path("line").asInt() + "\u001e" + titles;
        int repeat = repeats.merge(key, 1, Integer::sum) - 1;
        // Anonymous describe blocks are left out of the id.
        List<String> named = titles.stream().filter(t -> !t.isEmpty()).toList();
        return PlaywrightTestId.of(project, inTestDir(project, file), file, named, repeat);
    }

    private String inTestDir(String project, String file) {
        String rootDir = slashes(root.path("config").path("rootDir").asText(""));
        JsonNode info = projects.get(project);
        String testDir = info == null ? rootDir : slashes(info.path("testDir").asText(rootDir));
        String below = testDir.startsWith(rootDir + "/") ? testDir.substring(rootDir.length() + 1) + "/" : "";
        return file.startsWith(below) ? file.substring(below.length()) : file;
    }

    private static String slashes(String path) {
        return path.replace('\\', '/');
    }

    private void attempt(String id, AttemptStatus expected, JsonNode test, JsonNode result) {
        AttemptStatus status = status(result.path("status").asText());
        interrupted |= status == AttemptStatus.INTERRUPTED;
        Instant startedAt = instant(result.path("startTime").asText(""));
        AttemptOutcome outcome = new AttemptOutcome(
                status,
                expected,
                startedAt,
                Duration.ofMillis(Math.max(0, result.path("duration").asLong())),
                new Lane(
                        Math.max(0, result.path("workerIndex").asInt()),
                        Math.max(0, result.path("parallelIndex").asInt())));
        List<ErrorInfo> errors = new ArrayList<>();
        result.path("errors").forEach(e -> errors.add(error(e, result.path("error"))));
        List<Annotation> annotations = new ArrayList<>();
        test.path("annotations")
                .forEach(a -> annotations.add(new Annotation(a.path("type").asText(), text(a, "description"))));
        emit(new AttemptEnd(
                id,
                Math.max(0, result.path("retry").asInt()),
                outcome,
                new AttemptEvidence(errors, List.of(), annotations)));
    }

    private static ErrorInfo error(JsonNode error) {
        return error(error, error);
    }

    /** The list of errors lacks the snippet; the attempt's first error, written apart, has it. */
    private static ErrorInfo error(JsonNode error, JsonNode first) {
        JsonNode location = error.path("location");
        return new ErrorInfo(
                text(error, "message").or(() -> text(error, "value")).orElse(""),
                text(error, "stack"),
                location.isObject()
                        ? Optional.of(new SourceLocation(
                                location.path("file").asText(),
                                location.path("line").asInt(),
                                location.path("column").asInt()))
                        : Optional.empty(),
                text(error, "snippet").or(() -> text(first, "snippet")));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }

    private static AttemptStatus status(String word) {
        return AttemptStatus.fromWireName(word).orElse(AttemptStatus.SKIPPED);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private void emit(RunEvent event) {
        events.accept(begin, event);
    }
}
