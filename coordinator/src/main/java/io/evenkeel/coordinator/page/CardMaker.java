package io.evenkeel.coordinator.page;

import io.evenkeel.coordinator.history.FailureLabels;
import io.evenkeel.coordinator.history.TestHistoryReader;
import io.evenkeel.coordinator.page.TestCard.AttemptCard;
import io.evenkeel.coordinator.page.TestCard.ErrorCard;
import io.evenkeel.coordinator.page.TestCard.File;
import io.evenkeel.coordinator.page.TestCard.Files;
import io.evenkeel.coordinator.run.AttemptView;
import io.evenkeel.coordinator.run.AttemptView.AttachmentView;
import io.evenkeel.coordinator.run.AttemptView.Failure;
import io.evenkeel.coordinator.run.EvidenceReader;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.TestInRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes the cards of tests that went wrong. Thread-safe. */
final class CardMaker {

    /** Cards of one page; the others are in the tree. */
    static final int MOST_CARDS = 60;

    private static final int PAST = 12;
    private static final int MESSAGE_LINES = 40;

    private final EvidenceReader evidence;
    private final TestHistoryReader histories;
    private final FailureLabels labels;

    CardMaker(EvidenceReader evidence, TestHistoryReader histories, FailureLabels labels) {
        this.evidence = evidence;
        this.histories = histories;
        this.labels = labels;
    }

    /**
     * Makes the cards, tests of one cause together, the cause with most tests first.
     *
     * @param absolute makes an address that works on another machine out of a path
     */
    List<CauseGroup> groups(Run run, List<TestInRun> tests, Instant now, UnaryOperator<String> absolute) {
        Map<Long, FailureLabels.Label> known = labels.of(run.id());
        Map<String, List<TestInRun>> byCause = new LinkedHashMap<>();
        for (TestInRun test : tests.subList(0, Math.min(MOST_CARDS, tests.size()))) {
            String cause = test.result().cause().isEmpty()
                    ? "test " + test.key()
                    : test.result().cause();
            byCause.computeIfAbsent(cause, key -> new ArrayList<>()).add(test);
        }
        List<CauseGroup> groups = new ArrayList<>();
        byCause.values().forEach(same -> {
            List<TestCard> cards = same.stream()
                    .map(test ->
                            card(run, test, Optional.ofNullable(known.get(test.key())), new Setting(now, absolute)))
                    .toList();
            groups.add(
                    new CauseGroup(same.size() == 1 ? "" : cards.get(0).title().summary(), cards));
        });
        groups.sort((one, other) ->
                Integer.compare(other.tests().size(), one.tests().size()));
        return groups;
    }

    private record Setting(Instant now, UnaryOperator<String> absolute) {}

    private TestCard card(Run run, TestInRun test, Optional<FailureLabels.Label> label, Setting setting) {
        List<AttemptView> attempts = evidence.attempts(run.id(), test.key());
        List<AttemptCard> cards = attempts.stream()
                .map(attempt -> attempt(run, test.test().file(), attempt, setting))
                .toList();
        String summary = attempts.stream()
                .flatMap(attempt -> attempt.evidence().failures().stream())
                .map(failure -> firstLine(failure.message()))
                .findFirst()
                .orElse("");
        return new TestCard(
                test.key(),
                new TestCard.Title(
                        test.result().verdict(),
                        test.test().project(),
                        test.test().file()
                                + (test.test().line() > 0 ? ":" + test.test().line() : ""),
                        test.test().titles(),
                        summary),
                label.map(known -> new TestCard.Label(known.word(), known.evidence()))
                        .orElse(new TestCard.Label("", "")),
                past(test.key(), run.id(), setting.now()),
                cards);
    }

    private List<TestCard.Past> past(long testKey, long runId, Instant now) {
        List<TestCard.Past> past = new ArrayList<>();
        for (TestHistoryReader.InRun run : histories.runs(testKey, PAST)) {
            if (run.runId() <= runId) {
                past.add(new TestCard.Past(
                        run.runId(),
                        run.verdict(),
                        run.verdict() + " in run " + run.runId()
                                + (run.origin().branch().isEmpty()
                                        ? ""
                                        : " on " + run.origin().branch()) + ", "
                                + Format.ago(run.origin().at(), now)));
            }
        }
        Collections.reverse(past);
        return past;
    }

    private static AttemptCard attempt(Run run, String testFile, AttemptView attempt, Setting setting) {
        return new AttemptCard(
                attempt.retry() == 0 ? "First attempt" : "Retry " + attempt.retry(),
                attempt.status(),
                Format.duration(attempt.place().duration()),
                attempt.evidence().failures().stream()
                        .map(failure -> error(failure, testFile))
                        .toList(),
                files(run, attempt.evidence().attachments(), setting.absolute()));
    }

    /**
     * @param testFile file of the test it happened in, empty for an error outside of tests
     */
    static ErrorCard error(Failure failure, String testFile) {
        String message = Format.plain(failure.message());
        String stack = Format.plain(failure.stack());
        if (stack.startsWith(message)) {
            stack = stack.substring(message.length()).stripLeading();
        }
        String place =
                failure.file().isEmpty() ? "" : failure.file() + (failure.line() > 0 ? ":" + failure.line() : "");
        ProjectPaths paths = ProjectPaths.in(testFile, place, stack);
        return new ErrorCard(
                Format.lines(message, MESSAGE_LINES),
                Format.plain(failure.snippet()),
                Format.lines(paths.shown(stack), MESSAGE_LINES),
                paths.shown(place));
    }

    private static Files files(Run run, List<AttachmentView> attachments, UnaryOperator<String> absolute) {
        List<File> pictures = new ArrayList<>();
        List<File> videos = new ArrayList<>();
        List<File> traces = new ArrayList<>();
        List<File> others = new ArrayList<>();
        for (AttachmentView attachment : attachments) {
            String address = attachment.stored() ? "/runs/" + run.id() + "/attachments/" + attachment.id() : "";
            boolean trace = attachment.contentType().equals("application/zip");
            File file = new File(
                    attachment.name(),
                    address,
                    attachment.size() > 0 ? Format.size(attachment.size()) : "",
                    trace && !address.isEmpty() ? "npx playwright show-trace " + absolute.apply(address) : "");
            if (trace) {
                traces.add(file);
            } else if (!address.isEmpty() && attachment.contentType().matches("image/(png|jpeg|webp)")) {
                pictures.add(file);
            } else if (!address.isEmpty() && attachment.contentType().equals("video/webm")) {
                videos.add(file);
            } else {
                others.add(file);
            }
        }
        return new Files(pictures, videos, traces, others);
    }

    private static String firstLine(String message) {
        return Format.plain(message)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
