package io.evenkeel.pipeline.job;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.client.KnownResult;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.Lane;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Results of a machine whose disk is gone: it had delivered them, so the coordinator has them. They come back as the events that told of them, without evidence but the message.
 */
final class LostResults {

    private LostResults() {}

    /** Tells the results of those tests that the coordinator knows; returns how many. */
    static int restore(
            CoordinatorClient client,
            RunManifest manifest,
            Set<String> missing,
            Instant at,
            Consumer<SpoolEvent> events) {
        List<KnownResult> known =
                client.results(manifest.runKey(), manifest.opening()).value().orElse(List.of()).stream()
                        .filter(result -> missing.contains(result.id()))
                        .toList();
        if (known.isEmpty()) {
            return 0;
        }
        List<RunEvent> told = new ArrayList<>();
        told.add(new RunBegin("", manifest.opening().suite(), "", 1, List.of()));
        for (KnownResult one : known) {
            told.add(new TestSelected(
                    one.id(),
                    one.project(),
                    new TestPlace(one.place().file(), one.titles(), one.place().line(), 0, "default"),
                    List.of(),
                    AttemptStatus.PASSED));
        }
        known.forEach(one -> told.addAll(attempts(one, at)));
        told.add(new RunEnd(
                known.stream().anyMatch(one -> one.result().verdict().equals("failed")) ? "failed" : "passed",
                Duration.ZERO));
        long seq = 0;
        for (RunEvent event : told) {
            events.accept(new SpoolEvent(++seq, at, event, "{}"));
        }
        return known.size();
    }

    private static List<AttemptEnd> attempts(KnownResult test, Instant at) {
        int count = Math.max(1, Math.min(20, test.result().attempts()));
        List<AttemptEnd> attempts = new ArrayList<>();
        for (int retry = 0; retry < count; retry++) {
            boolean last = retry == count - 1;
            AttemptStatus status = switch (test.result().verdict()) {
                case "passed" -> AttemptStatus.PASSED;
                case "flaky" -> last ? AttemptStatus.PASSED : AttemptStatus.FAILED;
                case "skipped" -> AttemptStatus.SKIPPED;
                default -> AttemptStatus.FAILED;
            };
            AttemptEvidence evidence = status == AttemptStatus.FAILED
                    ? new AttemptEvidence(
                            List.of(new ErrorInfo(
                                    test.result().error(), Optional.empty(), Optional.empty(), Optional.empty())),
                            List.of(),
                            List.of())
                    : AttemptEvidence.none();
            attempts.add(new AttemptEnd(
                    test.id(),
                    retry,
                    new AttemptOutcome(
                            status, AttemptStatus.PASSED, at, test.result().duration(), new Lane(0, 0)),
                    evidence));
        }
        return attempts;
    }
}
