package io.evenkeel.pipeline.protocol;

import io.evenkeel.flaky.history.AttemptStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happened in one run on one executor.
 *
 * <p>Immutable.
 */
public sealed interface RunEvent {

    /** Passes this event to the method of the handler for its kind. */
    void accept(Handler handler);

    /** One method for each kind; kinds that do not matter keep the empty default. One thread. */
    interface Handler {

        default void runBegin(RunBegin event) {}

        default void test(TestSelected event) {}

        default void attemptBegin(AttemptBegin event) {}

        default void attemptEnd(AttemptEnd event) {}

        default void output(Output event) {}

        default void error(ErrorRaised event) {}

        default void runEnd(RunEnd event) {}

        default void heal(Heal event) {}

        default void agentEnd(AgentEnd event) {}

        default void unknown(Unknown event) {}
    }

    /**
     * The runner has loaded the suite.
     *
     * @param playwright version, for example {@code 1.65.1}
     * @param config configuration file relative to the project folder
     * @param rootDir absolute folder that {@link TestSelected#file()} is relative to
     * @param workers Playwright's workers, the lanes of this machine
     * @param projects the projects of the configuration
     */
    record RunBegin(String playwright, String config, String rootDir, int workers, List<ProjectInfo> projects)
            implements RunEvent {

        public RunBegin {
            projects = List.copyOf(projects);
        }

        @Override
        public void accept(Handler handler) {
            handler.runBegin(this);
        }
    }

    /**
     * A test that will run here.
     *
     * @param id Playwright's own id
     * @param project project name, empty for a configuration without projects
     * @param place where it is written
     * @param tags tags with {@code @}
     * @param expected status the author expects
     */
    record TestSelected(String id, String project, TestPlace place, List<String> tags, AttemptStatus expected)
            implements RunEvent {

        public TestSelected {
            tags = List.copyOf(tags);
        }

        @Override
        public void accept(Handler handler) {
            handler.test(this);
        }
    }

    /** A worker begins an attempt. */
    record AttemptBegin(String id, int retry, int worker, int parallel) implements RunEvent {
        @Override
        public void accept(Handler handler) {
            handler.attemptBegin(this);
        }
    }

    /**
     * A worker has ended an attempt and its files are written.
     *
     * @param id Playwright's own id
     * @param retry from 0
     * @param outcome status, time and lane
     * @param evidence errors, attachments and annotations
     */
    record AttemptEnd(String id, int retry, AttemptOutcome outcome, AttemptEvidence evidence) implements RunEvent {
        @Override
        public void accept(Handler handler) {
            handler.attemptEnd(this);
        }
    }

    /** Something was printed; {@code id} is empty outside of tests. */
    record Output(Optional<String> id, String stream, String text) implements RunEvent {
        @Override
        public void accept(Handler handler) {
            handler.output(this);
        }
    }

    /** An error outside of any test. */
    record ErrorRaised(ErrorInfo error) implements RunEvent {
        @Override
        public void accept(Handler handler) {
            handler.error(this);
        }
    }

    /** The runner has ended. */
    record RunEnd(String status, Duration duration) implements RunEvent {
        @Override
        public void accept(Handler handler) {
            handler.runEnd(this);
        }
    }

    /** A broken locator was diagnosed; the fields are those of the reference page. */
    record Heal(HealEvent heal) implements RunEvent {
        @Override
        public void accept(Handler handler) {
            handler.heal(this);
        }
    }

    /** The agent has ended. */
    record AgentEnd(int exitCode, int runnerExitCode, List<String> notRun) implements RunEvent {

        public AgentEnd {
            notRun = List.copyOf(notRun);
        }

        @Override
        public void accept(Handler handler) {
            handler.agentEnd(this);
        }
    }

    /** A kind this version does not know; it is counted and passed on. */
    record Unknown(String kind) implements RunEvent {
        @Override
        public void accept(Handler handler) {
            handler.unknown(this);
        }
    }

    /** A project of the configuration; {@code role} is {@code test}, {@code setup} or {@code teardown}. */
    record ProjectInfo(String name, String testDir, int retries, List<String> dependencies, String role) {

        public ProjectInfo {
            dependencies = List.copyOf(dependencies);
        }
    }

    /** Where a test is written; {@code mode} is {@code default}, {@code parallel} or {@code serial}. */
    record TestPlace(String file, List<String> titles, int line, int column, String mode) {

        public TestPlace {
            titles = List.copyOf(titles);
        }

        /** Returns the titles as Playwright prints them, {@code describe › test}. */
        public String fullTitle() {
            return String.join(" › ", titles);
        }
    }

    /** How an attempt ended. */
    record AttemptOutcome(
            AttemptStatus status, AttemptStatus expected, Instant startedAt, Duration duration, Lane lane) {}

    /** The worker process and the parallel slot an attempt ran in, both from 0. */
    record Lane(int worker, int parallel) {}

    /** What an attempt left behind. */
    record AttemptEvidence(List<ErrorInfo> errors, List<Attachment> attachments, List<Annotation> annotations) {

        public AttemptEvidence {
            errors = List.copyOf(errors);
            attachments = List.copyOf(attachments);
            annotations = List.copyOf(annotations);
        }

        /** Nothing at all. */
        public static AttemptEvidence none() {
            return new AttemptEvidence(List.of(), List.of(), List.of());
        }
    }

    /** An error; {@code message} is free of ANSI sequences and holds the value when something else than an Error was thrown. */
    record ErrorInfo(
            String message, Optional<String> stack, Optional<SourceLocation> location, Optional<String> snippet) {}

    /** A place in a source file; {@code file} is absolute on the executor, line and column count from 1. */
    record SourceLocation(String file, int line, int column) {}

    /** A file or a small body an attempt attached. */
    record Attachment(String name, String contentType, Optional<String> path, Optional<String> body, Stored stored) {}

    /** Where an attachment is kept: empty hash and size 0 until it is stored. */
    record Stored(Optional<String> sha256, long size) {

        /** Not stored anywhere but on the executor. */
        public static Stored nowhere() {
            return new Stored(Optional.empty(), 0);
        }
    }

    /** An annotation of a test, Playwright's own or the author's. */
    record Annotation(String type, Optional<String> description) {

        /** Type of the annotation of an attempt that went on with another locator than the test has. */
        public static final String HEALED = "healed";
    }

    /**
     * A healing event.
     *
     * @param subject the failing test and the place of the definition
     * @param locator old and new locator as written in the source
     * @param decision confidence, tier and why
     * @param verification what the re-runs said, empty when none was made
     * @param patch unified diff, empty when there is none
     */
    record HealEvent(
            HealSubject subject,
            HealLocator locator,
            HealDecision decision,
            Optional<HealVerification> verification,
            Optional<String> patch) {}

    /** The failing test and the file (relative to the project folder, with {@code /}) and line of the locator's definition. */
    record HealSubject(String id, String file, int line, String cause, Optional<String> pageUrl) {}

    /** Old and new locator; {@code healed} is empty for a refusal. */
    record HealLocator(String original, Optional<String> healed, String strategy, Map<String, Double> signals) {

        public HealLocator {
            signals = Map.copyOf(signals);
        }
    }

    /** {@code tier} is {@code auto}, {@code suggestion} or {@code refused}; {@code confidence} is in [0, 1]. */
    record HealDecision(double confidence, String tier, String reason, Duration executionTime, HealMoment moment) {

        /** Made after the run. */
        public HealDecision(double confidence, String tier, String reason, Duration executionTime) {
            this(confidence, tier, reason, executionTime, HealMoment.AFTER_THE_RUN);
        }
    }

    /** When a locator was healed. */
    enum HealMoment {
        /** By a job that looked at what had failed. */
        AFTER_THE_RUN,
        /** While the test waited: it went on with the other locator. Nothing is proven yet. */
        LIVE
    }

    /**
     * What the re-runs said; words are {@code passed} and {@code failed}.
     *
     * @param users other tests that use the definition and still pass
     * @param success when every patched run passed and the unpatched one failed
     * @param checks what else was looked at
     */
    record HealVerification(
            String unpatched, List<String> patched, int users, boolean success, List<HealCheck> checks) {

        public HealVerification {
            patched = List.copyOf(patched);
            checks = List.copyOf(checks);
        }

        public HealVerification(String unpatched, List<String> patched, int users, boolean success) {
            this(unpatched, patched, users, success, List.of());
        }
    }

    /** A check beside the re-runs; {@code finding} is {@code holds}, {@code missing}, {@code refutes} or {@code not-available}. */
    record HealCheck(String name, String finding, String reason) {}

    /** Returns a handler that only sees ended attempts. */
    static Handler onAttemptEnd(Consumer<AttemptEnd> consumer) {
        return new Handler() {
            @Override
            public void attemptEnd(AttemptEnd event) {
                consumer.accept(event);
            }
        };
    }
}
