package io.evenkeel.pipeline.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.protocol.HealJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes summary.json as docs/reference/files.md says, in an order that depends on the results alone. Thread-safe. */
public final class JsonSummary {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonSummary() {}

    /**
     * Returns the whole document; for runs of many tests use {@link #write}.
     *
     * @param testFolder folder within the repository that the files of the tests are relative to; empty text for its root, nothing when
     *     it is not known
     */
    public static String of(RunSummary summary, Optional<String> testFolder) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            write(summary, testFolder, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Writes the document test by test; leaves the stream open.
     *
     * @param testFolder as {@link #of} has it
     * @throws IOException when the stream does not take it
     */
    public static void write(RunSummary summary, Optional<String> testFolder, OutputStream out) throws IOException {
        JsonGenerator json = MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        write(summary, testFolder, json);
        json.close();
    }

    private static void write(RunSummary summary, Optional<String> testFolder, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("v", 1);
        json.writeStringField("run", summary.facts().run());
        json.writeStringField("suite", summary.facts().suite());
        json.writeStringField("playwright", summary.facts().playwright());
        if (testFolder.isPresent()) {
            json.writeStringField("testFolder", testFolder.get());
        }
        json.writeStringField("verdict", summary.verdict().word());
        json.writeStringField("sentence", summary.sentence());
        json.writeNumberField(
                "exitCode", ExitCode.of(summary, Gate.playwright()).code().value());
        writeCoverage(summary.coverage(), json);
        writeCounts(summary.counts(), json);
        millis(json, "wallMs", summary.facts().wall());
        millis(json, "testMs", summary.facts().testTime());
        millis(json, "savedMs", summary.timeSaved());
        json.writeArrayFieldStart("executors");
        for (ExecutorSummary executor : summary.executors()) {
            write(executor, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tests");
        for (TestSummary test : summary.tests()) {
            write(test, json);
        }
        json.writeEndArray();
        writeFindings(summary.findings(), json);
        json.writeEndObject();
    }

    private static void writeCoverage(Coverage coverage, JsonGenerator json) throws IOException {
        json.writeBooleanField("complete", coverage.complete());
        json.writeNumberField("discovered", coverage.discovered());
        json.writeNumberField("executed", coverage.executed());
        json.writeArrayFieldStart("missing");
        for (Coverage.Missing missing : coverage.missing()) {
            json.writeStartObject();
            writeName(missing.name(), json);
            json.writeStringField("reason", missing.reason().words());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeCounts(RunSummary.Counts counts, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("passed", counts.passed());
        json.writeNumberField("flaky", counts.flaky());
        json.writeNumberField("failed", counts.failed());
        json.writeNumberField("skipped", counts.skipped());
        json.writeEndObject();
    }

    private static void write(ExecutorSummary executor, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("spool", executor.name());
        if (executor.shard() > 0) {
            json.writeNumberField("shard", executor.shard());
            millis(json, "plannedMs", executor.load().planned());
        }
        json.writeStringField("end", executor.end().word());
        millis(json, "busyMs", executor.load().busy());
        millis(json, "wallMs", executor.load().wall());
        json.writeNumberField("workers", executor.load().workers());
        json.writeNumberField("tests", executor.tally().tests());
        json.writeNumberField("exitCode", executor.tally().exitCode());
        json.writeEndObject();
    }

    private static void write(TestSummary test, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeName(test.name(), json);
        if (!test.counts()) {
            json.writeStringField("role", test.role().word());
        }
        json.writeStringField("verdict", test.verdict().word());
        if (test.labelled()) {
            json.writeStringField("label", test.kind().word());
            json.writeStringField("evidence", test.diagnosis().label().evidence());
        }
        if (test.attempts().healed() == Attempts.Healed.DURING_THE_RUN) {
            json.writeBooleanField("healed", true);
        }
        millis(json, "durationMs", test.attempts().total());
        json.writeNumberField("attempts", test.attempts().count());
        strings(json, "executors", test.attempts().executors());
        Failure failure = test.diagnosis().failure();
        if (!failure.message().isEmpty()) {
            json.writeStringField("error", failure.message());
            json.writeStringField("errorPlace", failure.place());
        }
        json.writeEndObject();
    }

    private static void writeName(TestName name, JsonGenerator json) throws IOException {
        json.writeStringField("id", name.id());
        json.writeStringField("project", name.project());
        json.writeStringField("file", name.file());
        json.writeNumberField("line", name.line());
        strings(json, "titles", name.titles());
    }

    private static void writeFindings(Findings findings, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("heals");
        for (var heal : findings.heals()) {
            json.writeTree(HealJson.write(heal));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("errors");
        for (RunError error : findings.errors()) {
            json.writeStartObject();
            json.writeStringField("message", error.message());
            json.writeStringField("place", error.place());
            strings(json, "executors", error.executors());
            json.writeEndObject();
        }
        json.writeEndArray();
        strings(
                json,
                "duplicates",
                findings.duplicates().stream().map(TestName::id).toList());
    }

    private static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void millis(JsonGenerator json, String field, Duration value) throws IOException {
        json.writeNumberField(field, value.toMillis());
    }
}
