package io.evenkeel.coordinator.page;

import io.evenkeel.coordinator.history.FailureLabels;
import io.evenkeel.coordinator.history.TestHistoryReader;
import io.evenkeel.coordinator.plan.Orchestrator;
import io.evenkeel.coordinator.run.EvidenceReader;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunReader;
import io.evenkeel.coordinator.run.TestInRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gathers what the page of a run shows. Thread-safe. */
public final class RunPage {

    private static final int SLOWEST = 10;
    private static final int MOST_BOXES = 3_000;
    private static final int MOST_MISSING = 50;

    private final RunReader runs;
    private final EvidenceReader evidence;
    private final Orchestrator orchestrator;
    private final CardMaker cards;

    /** Gathers from these readers. */
    public RunPage(Histories histories, RunReader runs, EvidenceReader evidence, Orchestrator orchestrator) {
        this.runs = runs;
        this.evidence = evidence;
        this.orchestrator = orchestrator;
        this.cards = new CardMaker(evidence, histories.tests(), histories.labels());
    }

    /** What is remembered of tests over all runs. */
    public record Histories(TestHistoryReader tests, FailureLabels labels) {}

    /**
     * What a reader asks for.
     *
     * @param filter which tests the tree shows
     * @param now when
     * @param absolute makes an address that works on another machine out of a path
     */
    public record Asked(TestFilter filter, Instant now, UnaryOperator<String> absolute) {}

    /** Returns the page of a run. */
    public RunView view(Run run, Asked asked) {
        List<TestInRun> tests = runs.tests(run.id());
        List<TestInRun> shown = tests.stream().filter(asked.filter()::shows).toList();
        return new RunView(
                RunLine.of(run, asked.now()),
                trouble(run, tests, asked),
                new RunView.Tests(FileGroups.of(run.id(), shown), asked.filter(), shown.size()),
                ExecutorsMaker.of(
                        runs.executors(run.id()), orchestrator.latest(run.id()), runs.timeline(run.id(), MOST_BOXES)),
                slowest(tests));
    }

    /** Returns what went wrong in a run, for the part of the page that is loaded again while it runs. */
    public RunView.Trouble trouble(Run run, Asked asked) {
        return trouble(run, runs.tests(run.id()), asked);
    }

    /** Returns the tests of the file that holds this test. */
    public List<FileGroup.Line> file(Run run, long testKey) {
        List<TestInRun> tests = runs.tests(run.id());
        return tests.stream()
                .filter(test -> test.key() == testKey)
                .findFirst()
                .map(first -> tests.stream()
                        .filter(test -> test.test().file().equals(first.test().file()))
                        .map(FileGroups::line)
                        .toList())
                .orElse(List.of());
    }

    private RunView.Trouble trouble(Run run, List<TestInRun> tests, Asked asked) {
        Map<String, TestInRun> byId = new HashMap<>();
        tests.forEach(test -> byId.put(test.test().id(), test));
        Comparator<TestInRun> setUpsFirst = Comparator.comparing(test -> test.setup() ? 0 : 1);
        List<TestInRun> failed =
                with(tests, "failed").stream().sorted(setUpsFirst).toList();
        return new RunView.Trouble(
                cards.groups(run, failed, asked.now(), asked.absolute()),
                cards.groups(run, with(tests, "flaky"), asked.now(), asked.absolute()),
                HealCards.of(runs.heals(run.id()), byId),
                evidence.outsideErrors(run.id()).stream()
                        .map(failure -> CardMaker.error(failure, ""))
                        .toList(),
                run.state().missing().stream()
                        .limit(MOST_MISSING)
                        .map(id -> name(id, byId))
                        .toList());
    }

    private static String name(String id, Map<String, TestInRun> byId) {
        TestInRun test = byId.get(id);
        return test == null ? id : test.test().file() + " › " + test.test().fullTitle();
    }

    private static List<TestInRun> with(List<TestInRun> tests, String verdict) {
        return tests.stream()
                .filter(test -> test.result().verdict().equals(verdict))
                .toList();
    }

    private static List<RunView.Slow> slowest(List<TestInRun> tests) {
        List<TestInRun> slow = tests.stream()
                .filter(test -> !test.result().duration().isZero())
                .sorted(Comparator.comparing((TestInRun test) -> test.result().duration())
                        .reversed())
                .limit(SLOWEST)
                .toList();
        Duration longest = slow.isEmpty() ? Duration.ZERO : slow.get(0).result().duration();
        return slow.stream()
                .map(test -> new RunView.Slow(
                        test.test().file() + " › " + test.test().fullTitle(),
                        test.test().project(),
                        Format.duration(test.result().duration()),
                        Bar.share(
                                "load",
                                (double) test.result().duration().toMillis() / Math.max(1, longest.toMillis()))))
                .toList();
    }
}
