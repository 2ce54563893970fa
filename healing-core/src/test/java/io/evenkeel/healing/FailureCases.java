package io.evenkeel.healing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.classify.ReportedError;
import io.evenkeel.healing.source.CallSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The failing tests under {@code src/test/resources/playwright}. */
public final class FailureCases {

    /** The folder with one subfolder per case. */
    public static final Path FOLDER = Path.of("src/test/resources/playwright");

    private FailureCases() {}

    /** Returns the errors of a case as its report gives them. */
    public static List<ReportedError> errors(String name) {
        try {
            JsonNode result = new ObjectMapper()
                    .readTree(FOLDER.resolve(name).resolve("report-entry.json").toFile())
                    .get("result");
            List<ReportedError> errors = new ArrayList<>();
            for (JsonNode error : result.get("errors")) {
                JsonNode at = error.get("location");
                errors.add(new ReportedError(
                        error.get("message").asText(),
                        error.path("stack").asText(""),
                        at == null
                                ? CallSite.UNKNOWN
                                : new CallSite(
                                        at.get("file").asText(),
                                        at.get("line").asInt(),
                                        at.get("column").asInt())));
            }
            return errors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text of a file of a case, or the empty string if the case has none. */
    public static String text(String name, String file) {
        Path path = FOLDER.resolve(name).resolve(file);
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
