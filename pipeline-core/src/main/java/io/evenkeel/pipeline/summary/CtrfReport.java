package io.evenkeel.pipeline.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * Writes a run in the Common Test Report Format, version 1.0.0 (<a href="https://ctrf.io">ctrf.io</a>): each test once,
 * times in milliseconds. Thread-safe.
 */
public final class CtrfReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CtrfReport() {}

    /**
     * Writes the report; leaves the stream open.
     *
     * @param stop when the run ended; the beginning is taken from how long it took
     * @throws IOException when the stream does not take it
     */
    public static void write(RunSummary summary, Instant stop, OutputStream out) throws IOException {
        JsonGenerator json = MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("reportFormat", "CTRF");
        json.writeStringField("specVersion", "1.0.0");
        json.writeStringField("generatedBy", "evenkeel");
        json.writeObjectFieldStart("results");
        json.writeObjectFieldStart("tool");
        json.writeStringField("name", "playwright");
        if (!summary.facts().playwright().isEmpty()) {
            json.writeStringField("version", summary.facts().playwright());
        }
        json.writeEndObject();
        writeTotals(summary, stop, json);
        json.writeArrayFieldStart("tests");
        for (TestSummary test : summary.tests()) {
            write(test, json);
        }
        for (Coverage.Missing missing : summary.coverage().missing()) {
            json.writeStartObject();
            writeName(missing.name(), json);
            json.writeStringField("status", "pending");
            json.writeNumberField("duration", 0);
            json.writeStringField("message", missing.reason().words());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.close();
    }

    /** Totals count every entry of the list, set-up included, so that they sum up. */
    private static void writeTotals(RunSummary summary, Instant stop, JsonGenerator json) throws IOException {
        int[] counts = new int[4];
        summary.tests().forEach(t -> counts[t.verdict().match(p -> 0, f -> 1, f -> 2, s -> 3)]++);
        int missing = summary.coverage().missing().size();
        json.writeObjectFieldStart("summary");
        json.writeNumberField("tests", summary.tests().size() + missing);
        json.writeNumberField("passed", counts[0] + counts[1]);
        json.writeNumberField("failed", counts[2]);
        json.writeNumberField("skipped", counts[3]);
        json.writeNumberField("pending", missing);
        json.writeNumberField("other", 0);
        json.writeNumberField("flaky", counts[1]);
        json.writeNumberField("start", stop.minus(summary.facts().wall()).toEpochMilli());
        json.writeNumberField("stop", stop.toEpochMilli());
        json.writeEndObject();
    }

    private static void write(TestSummary test, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeName(test.name(), json);
        json.writeStringField(
                "status", test.verdict().match(p -> "passed", f -> "passed", f -> "failed", s -> "skipped"));
        json.writeNumberField("duration", test.attempts().total().toMillis());
        json.writeNumberField("retries", Math.max(0, test.attempts().count() - 1));
        if (test.flaky()) {
            json.writeBooleanField("flaky", true);
        }
        Failure failure = test.diagnosis().failure();
        if (!failure.message().isEmpty()) {
            json.writeStringField("message", failure.firstLine());
            json.writeStringField("trace", failure.message());
            if (!failure.snippet().isEmpty()) {
                json.writeStringField("snippet", failure.snippet());
            }
        }
        json.writeObjectFieldStart("extra");
        json.writeStringField("id", test.name().id());
        json.writeStringField("project", test.name().project());
        if (test.labelled()) {
            json.writeStringField("label", test.kind().word());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeName(TestName name, JsonGenerator json) throws IOException {
        json.writeStringField(
                "name",
                name.titles().isEmpty()
                        ? name.id()
                        : name.titles().get(name.titles().size() - 1));
        json.writeArrayFieldStart("suite");
        if (!name.project().isEmpty()) {
            json.writeString(name.project());
        }
        json.writeString(name.file().isEmpty() ? "?" : name.file());
        for (int i = 0; i + 1 < name.titles().size(); i++) {
            json.writeString(name.titles().get(i));
        }
        json.writeEndArray();
        json.writeStringField("filePath", name.file());
        json.writeNumberField("line", Math.max(1, name.line()));
    }
}
