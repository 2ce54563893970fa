package io.evenkeel.pipeline.protocol;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent.Annotation;
import io.evenkeel.pipeline.protocol.RunEvent.Attachment;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.Lane;
import io.evenkeel.pipeline.protocol.RunEvent.ProjectInfo;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import io.evenkeel.pipeline.protocol.RunEvent.Stored;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import java.time.Duration;
import java.time.Instant;

/** Reads the events the reporter writes. */
final class EventReader {

    private EventReader() {}

    static RunBegin runBegin(Fields f) {
        return new RunBegin(
                f.text("playwright", ""),
                f.text("config", ""),
                f.text("rootDir", ""),
                Math.max(1, f.count("workers")),
                f.objects("projects").stream().map(EventReader::project).toList());
    }

    private static ProjectInfo project(Fields f) {
        return new ProjectInfo(
                f.text("name", ""),
                f.text("testDir", ""),
                f.count("retries"),
                f.texts("dependencies"),
                f.text("role", "test"));
    }

    static TestSelected test(Fields f) {
        TestPlace place = new TestPlace(
                f.text("file", ""), f.texts("titles"), f.count("line"), f.count("column"), f.text("mode", "default"));
        return new TestSelected(
                f.required("id"), f.text("project", ""), place, f.texts("tags"), status(f.text("expected", "passed")));
    }

    static AttemptEnd attemptEnd(Fields f) {
        AttemptOutcome outcome = new AttemptOutcome(
                status(f.required("status")),
                status(f.text("expected", "passed")),
                Instant.ofEpochMilli(f.number("startedAt", 0)),
                Duration.ofMillis(Math.max(0, f.number("durationMs", 0))),
                new Lane(f.count("worker"), f.count("parallel")));
        AttemptEvidence evidence = new AttemptEvidence(
                f.objects("errors").stream().map(EventReader::error).toList(),
                f.objects("attachments").stream().map(EventReader::attachment).toList(),
                f.objects("annotations").stream()
                        .map(a -> new Annotation(a.text("type", ""), a.optional("description")))
                        .toList());
        return new AttemptEnd(f.required("id"), f.count("retry"), outcome, evidence);
    }

    static ErrorInfo error(Fields f) {
        String message = f.optional("message").or(() -> f.optional("value")).orElse("");
        return new ErrorInfo(
                message, f.optional("stack"), f.object("location").map(EventReader::location), f.optional("snippet"));
    }

    private static SourceLocation location(Fields f) {
        return new SourceLocation(f.text("file", ""), f.count("line"), f.count("column"));
    }

    private static Attachment attachment(Fields f) {
        return new Attachment(
                f.text("name", ""),
                f.text("contentType", "application/octet-stream"),
                f.optional("path"),
                f.optional("body"),
                new Stored(f.optional("sha256"), Math.max(0, f.number("size", 0))));
    }

    private static AttemptStatus status(String word) {
        return AttemptStatus.fromWireName(word)
                .orElseThrow(() -> new MalformedEventException("\"" + word + "\" is no status of Playwright"));
    }
}
