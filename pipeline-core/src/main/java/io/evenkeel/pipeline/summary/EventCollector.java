package io.evenkeel.pipeline.summary;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AgentEnd;
import io.evenkeel.pipeline.protocol.RunEvent.Annotation;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorRaised;
import io.evenkeel.pipeline.protocol.RunEvent.Heal;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the events of one executor apart. One thread. */
final class EventCollector implements RunEvent.Handler {

    /** Annotation of a test that another machine runs; dynamic mode answers such a test as skipped. */
    static final String CLAIMED_ELSEWHERE = "claimed-elsewhere";

    private static final int MAX_MESSAGE = 4_000;
    private static final int MAX_ATTACHMENTS = 5;
    private static final int LONGEST_PATH = 1_000;
    private static final int MAX_SNIPPET = 2_000;

    private final RunSummaryBuilder builder;
    private final ExecutorTally executor;
    private final int number;
    private String rootDir = "";

    EventCollector(RunSummaryBuilder builder, ExecutorTally executor, int number) {
        this.builder = builder;
        this.executor = executor;
        this.number = number;
    }

    @Override
    public void runBegin(RunBegin event) {
        rootDir = event.rootDir();
        executor.runBegin(event);
        builder.begun(event);
    }

    @Override
    public void test(TestSelected event) {
        TestTally tally = builder.tally(event.id());
        tally.name = new TestName(
                event.id(),
                event.project(),
                event.place().file(),
                event.place().titles(),
                event.place().line());
        TestRole role = executor.roleOf(event.project());
        tally.role = role == TestRole.TEST ? tally.role : role;
        executor.selected.set(tally.index);
    }

    @Override
    public void attemptEnd(AttemptEnd event) {
        TestTally tally = builder.tally(event.id());
        executor.selected.set(tally.index);
        if (has(event, CLAIMED_ELSEWHERE) && event.outcome().status() == AttemptStatus.SKIPPED) {
            executor.claimedElsewhere.set(tally.index);
            return;
        }
        tally.add(number, event.outcome(), event.retry());
        executor.busyMillis += event.outcome().duration().toMillis();
        if (event.outcome().status() != AttemptStatus.INTERRUPTED) {
            executor.resulted.set(tally.index);
        }
        if (has(event, Annotation.HEALED)
                && event.outcome().status() == event.outcome().expected()) {
            tally.healed = Attempts.Healed.DURING_THE_RUN;
        }
        if (unexpected(event)) {
            Failure failure = failure(event.evidence().errors());
            tally.failure = builder.withinBudget(
                    new Failure(failure.message(), failure.place(), failure.snippet(), attachments(event.evidence())));
            if (executor.roleOf(tally.name.project()) != TestRole.TEST) {
                executor.failedSetups.add(tally.name.project());
            }
        } else if (event.outcome().status() != AttemptStatus.SKIPPED) {
            executor.failedSetups.remove(tally.name.project());
        }
    }

    private static boolean has(AttemptEnd event, String annotation) {
        return event.evidence().annotations().stream().anyMatch(a -> a.type().equals(annotation));
    }

    private static boolean unexpected(AttemptEnd event) {
        AttemptStatus status = event.outcome().status();
        return status != event.outcome().expected()
                && status != AttemptStatus.SKIPPED
                && status != AttemptStatus.INTERRUPTED;
    }

    private static List<String> attachments(AttemptEvidence evidence) {
        return evidence.attachments().stream()
                .flatMap(attachment -> attachment.path().stream())
                .filter(path -> path.length() <= LONGEST_PATH)
                .limit(MAX_ATTACHMENTS)
                .toList();
    }

    private Failure failure(List<ErrorInfo> errors) {
        String message = errors.stream()
                .map(e -> Texts.plain(e.message()).strip())
                .filter(m -> !m.isEmpty())
                .limit(5)
                .collect(Collectors.joining("\n"));
        if (errors.isEmpty()) {
            message = "It passed, and was expected to fail.";
        }
        String place = errors.stream()
                .flatMap(e -> e.location().stream())
                .findFirst()
                .map(this::place)
                .orElse("");
        String snippet = errors.stream()
                .flatMap(e -> e.snippet().stream())
                .findFirst()
                .map(Texts::plain)
                .orElse("");
        return new Failure(Texts.cut(message, MAX_MESSAGE), place, Texts.cut(snippet, MAX_SNIPPET));
    }

    private String place(SourceLocation location) {
        String file = location.file().replace('\\', '/');
        String root = rootDir.replace('\\', '/');
        boolean below = !root.isEmpty() && file.startsWith(root + "/");
        return (below ? file.substring(root.length() + 1) : file) + ":" + location.line();
    }

    @Override
    public void error(ErrorRaised event) {
        executor.error(event.error());
        builder.error(executor.name, failure(List.of(event.error())));
    }

    @Override
    public void runEnd(RunEnd event) {
        executor.runEnd(event);
    }

    @Override
    public void heal(Heal event) {
        builder.heal(event.heal());
    }

    @Override
    public void agentEnd(AgentEnd event) {
        executor.agentEnd(event);
    }
}
