package io.evenkeel.pipeline.heal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.FailureEvidence;
import io.evenkeel.healing.Project;
import io.evenkeel.healing.classify.ReportedError;
import io.evenkeel.healing.json.ReferenceJson;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.trace.TraceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One failed test in a folder of its own, to be looked at away from its run.
 *
 * <p>{@code report-entry.json} (the test's entry of Playwright's JSON report, at least {@code result.errors}) must be there;
 * {@code trace.zip}, {@code error-context.md}, {@code references.json} and the test's source, there or one folder up, are taken if they
 * are.
 */
public final class CaseFolder {

    /** The one file that must be there. */
    public static final String ENTRY = "report-entry.json";

    private static final long LARGEST = 16L << 20;

    private final Path folder;

    /** @param folder of the case */
    public CaseFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Returns whether the folder holds a case. */
    public boolean exists() {
        return Files.isRegularFile(folder.resolve(ENTRY));
    }

    /**
     * Reads the case.
     *
     * @throws IOException when a file cannot be read, is larger than 16 MiB or no JSON; the message names it
     */
    public FailureEvidence read() throws IOException {
        Path entry = folder.resolve(ENTRY);
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text(entry));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("The file (" + entry + ") is no JSON: " + e.getOriginalMessage(), e);
        }
        List<ReportedError> errors = errors(root.has("result") ? root.path("result") : root);
        Path trace = folder.resolve("trace.zip");
        Path context = folder.resolve("error-context.md");
        Path references = folder.resolve("references.json");
        return new FailureEvidence(
                errors,
                Files.isRegularFile(trace) ? TraceFile.at(trace) : TraceFile.absent(),
                Files.isRegularFile(context) ? text(context) : "",
                Files.isRegularFile(references) ? ReferenceJson.read(text(references)) : ReferenceBook.EMPTY,
                new Project("", Project.DEFAULT_TEST_ID_ATTRIBUTE, sources(errors)));
    }

    private static List<ReportedError> errors(JsonNode result) {
        List<ReportedError> errors = new ArrayList<>();
        for (JsonNode error : result.path("errors")) {
            JsonNode at = error.path("location");
            CallSite place = at.has("file")
                    ? new CallSite(
                            at.path("file").asText(),
                            at.path("line").asInt(),
                            at.path("column").asInt())
                    : CallSite.UNKNOWN;
            errors.add(new ReportedError(
                    error.path("message").asText(), error.path("stack").asText(), place));
        }
        return errors;
    }

    /** The sources the errors point at, by file name: the paths of a report are those of another machine. */
    private SourceFiles sources(List<ReportedError> errors) throws IOException {
        Map<String, byte[]> sources = new HashMap<>();
        for (ReportedError error : errors) {
            String file = error.location().file().replace('\\', '/');
            String name = file.substring(file.lastIndexOf('/') + 1);
            for (Path place : List.of(folder.resolve(name), folder.resolveSibling(name))) {
                if (!name.isEmpty() && Files.isRegularFile(place) && !sources.containsKey(name)) {
                    sources.put(name, text(place).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return SourceFiles.of(sources);
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("The file (" + file + ") is larger than 16 MiB.");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
