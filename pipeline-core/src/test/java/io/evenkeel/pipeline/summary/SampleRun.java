package io.evenkeel.pipeline.summary;

import io.evenkeel.flaky.history.AttemptStatus;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the events of a run the way the reporter does, in the words of a test. */
public final class SampleRun {

    public static final Instant START = Instant.ofEpochMilli(1_790_000_000_000L);

    public final RunSummaryBuilder builder = new RunSummaryBuilder("build-7");

    public Executor executor(String name) {
        return new Executor(builder.executor(name));
    }

    public RunSummary summary() {
        return builder.build(Map.of());
    }

    public RunSummary summary(Map<String, FailureLabel> labels) {
        return builder.build(labels);
    }

    /** One executor; projects are {@code setup}, and {@code desktop} that depends on it. */
    public static final class Executor {
        private final RunSummaryBuilder.Events events;
        private Instant now = START;

        private Executor(RunSummaryBuilder.Events events) {
            this.events = events;
            emit(new RunBegin(
                    "1.65.1",
                    "playwright.config.ts",
                    "/work/shop/tests",
                    1,
                    List.of(
                            new ProjectInfo("setup", "", 0, List.of(), "setup"),
                            new ProjectInfo("desktop", "", 1, List.of("setup"), "test"))));
        }

        private void emit(RunEvent event) {
            events.accept(now, event);
        }

        public Executor selects(String... ids) {
            for (String id : ids) {
                String project = id.startsWith("setup") ? "setup" : "desktop";
                TestPlace place = new TestPlace(id + ".spec.ts", List.of("shop", id), 7, 1, "default");
                emit(new TestSelected(id, project, place, List.of(), AttemptStatus.PASSED));
            }
            return this;
        }

        public Executor selects(TestSelected test) {
            emit(test);
            return this;
        }

        public Executor runs(String id, AttemptStatus... statuses) {
            for (int retry = 0; retry < statuses.length; retry++) {
                ends(id, retry, statuses[retry], "Error: expect(locator).toHaveText(expected)");
            }
            return this;
        }

        public Executor fails(String id, String message) {
            return ends(id, 0, AttemptStatus.FAILED, message);
        }

        private Executor ends(String id, int retry, AttemptStatus status, String message) {
            boolean bad = status == AttemptStatus.FAILED || status == AttemptStatus.TIMED_OUT;
            List<ErrorInfo> errors = bad
                    ? List.of(new ErrorInfo(
                            message,
                            Optional.empty(),
                            Optional.of(new SourceLocation("/work/shop/tests/" + id + ".spec.ts", 9, 3)),
                            Optional.of("  8 |\n> 9 |   await cart.add();\n    |              ^")))
                    : List.of();
            return ends(id, retry, status, new AttemptEvidence(errors, List.of(), List.of()));
        }

        public Executor ends(String id, int retry, AttemptStatus status, AttemptEvidence evidence) {
            Duration took = status == AttemptStatus.SKIPPED ? Duration.ZERO : Duration.ofMillis(1_500);
            emit(new AttemptEnd(
                    id, retry, new AttemptOutcome(status, AttemptStatus.PASSED, now, took, new Lane(0, 0)), evidence));
            now = now.plus(took);
            return this;
        }

        public Executor leavesToAnother(String id) {
            return ends(
                    id,
                    0,
                    AttemptStatus.SKIPPED,
                    new AttemptEvidence(
                            List.of(),
                            List.of(),
                            List.of(new Annotation(EventCollector.CLAIMED_ELSEWHERE, Optional.empty()))));
        }

        public Executor says(RunEvent event) {
            emit(event);
            return this;
        }

        public Executor error(String message) {
            return says(new ErrorRaised(new ErrorInfo(message, Optional.empty(), Optional.empty(), Optional.empty())));
        }

        public void endsRun(String status) {
            emit(new RunEnd(status, Duration.between(START, now).plusMillis(800)));
        }
    }
}
