package io.evenkeel.pipeline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.client.RunOpening;
import io.evenkeel.pipeline.client.RunOpening.Origin;
import io.evenkeel.pipeline.heal.RunRecord;
import io.evenkeel.pipeline.heal.SourcePlaces;
import io.evenkeel.pipeline.report.SpoolFiles;
import io.evenkeel.pipeline.spool.SpoolShipper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the spools of a run belong to, kept beside them as {@code <run key>.run.json}, so that a later job can report and deliver them.
 *
 * <p>Immutable.
 *
 * @param runKey the CI's build id and attempt
 * @param command the user's command, to merge reports with the same Playwright
 * @param opening what the coordinator is told of the run
 * @param copies folders that stood for the project folder while the tests ran; they are gone
 */
public record RunManifest(String runKey, List<String> command, RunOpening opening, List<String> copies) {

    private static final String SUFFIX = ".run.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public RunManifest {
        command = List.copyOf(command);
        copies = List.copyOf(copies);
    }

    /**
     * Returns where the files of the run lie in the project.
     *
     * @param project folder the user types the command in
     * @throws IOException when there is no such folder
     */
    SourcePlaces places(Path project) throws IOException {
        return new SourcePlaces(
                project.toRealPath().toString().replace('\\', '/'),
                copies.stream()
                        .map(copy -> copy.replace('\\', '/'))
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /** Writes this manifest into the spool folder. */
    void write(WorkFolder folder) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("v", 1);
        json.put("run", runKey);
        command.forEach(json.putArray("command")::add);
        copies.forEach(json.putArray("copies")::add);
        json.put("suite", opening.suite());
        json.put("branch", opening.origin().branch());
        json.put("commit", opening.origin().commit());
        json.put("ciUrl", opening.origin().ciUrl());
        json.put("pullRequest", opening.origin().pullRequest());
        json.put("discovered", opening.discovered());
        json.put("executors", opening.executors());
        WorkFolder.write(folder.spools().folder().resolve(runKey + SUFFIX), json.toPrettyString() + "\n");
    }

    /**
     * Removes what this run has left, unless somebody still waits for it: with a coordinator, spools stay until all of their events are
     * acknowledged.
     */
    void forget(WorkFolder folder, boolean delivering) throws IOException {
        boolean all = true;
        for (Path spool : folder.spools().all()) {
            String name = String.valueOf(spool.getFileName()).replaceFirst("\\.ndjson$", "");
            if (!WorkFolder.runOf(name).equals(runKey)) {
                continue;
            }
            if (delivering && !SpoolShipper.delivered(spool)) {
                all = false;
                continue;
            }
            Files.deleteIfExists(spool);
            Files.deleteIfExists(spool.resolveSibling(name + ".ack"));
            Files.deleteIfExists(folder.blobs().resolve(name + ".zip"));
        }
        if (all) {
            Files.deleteIfExists(folder.spools().folder().resolve(runKey + SUFFIX));
        }
    }

    /** Returns the manifests in a spool folder, the newest first; one that cannot be read is left out. */
    static List<RunManifest> all(WorkFolder folder) throws IOException {
        Path spools = folder.spools().folder();
        if (!Files.isDirectory(spools)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(spools)) {
            files = found.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(RunManifest::modified)
                            .reversed()
                            .thenComparing(Path::toString))
                    .toList();
        }
        List<RunManifest> manifests = new ArrayList<>();
        for (Path file : files) {
            read(file).ifPresent(manifests::add);
        }
        return manifests;
    }

    /** Returns the run of a key, or the newest for none. */
    static Optional<RunManifest> find(WorkFolder folder, Optional<String> runKey) throws IOException {
        return all(folder).stream()
                .filter(run -> runKey.map(run.runKey()::equals).orElse(true))
                .findFirst();
    }

    /** Reads what the executors of the run have told. */
    RunRecord record(WorkFolder folder) throws IOException {
        return RunRecord.read(SpoolFiles.in(folder.spools().folder()).stream()
                .filter(spool -> WorkFolder.runOf(SpoolFiles.id(spool)).equals(runKey))
                .filter(spool -> !WorkFolder.isHealSpool(SpoolFiles.id(spool)))
                .toList());
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static Optional<RunManifest> read(Path file) throws IOException {
        JsonNode json;
        try {
            json = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        json.path("command").forEach(word -> command.add(word.asText()));
        List<String> copies = new ArrayList<>();
        json.path("copies").forEach(copy -> copies.add(copy.asText()));
        Origin origin = new Origin(
                json.path("branch").asText(""),
                json.path("commit").asText(""),
                json.path("ciUrl").asText(""),
                json.path("pullRequest").asText(""));
        RunOpening opening = new RunOpening(
                json.path("suite").asText(""),
                origin,
                Math.max(0, json.path("discovered").asInt()),
                Math.max(0, json.path("executors").asInt()));
        String run = json.path("run").asText("");
        return run.isEmpty() ? Optional.empty() : Optional.of(new RunManifest(run, command, opening, copies));
    }
}
