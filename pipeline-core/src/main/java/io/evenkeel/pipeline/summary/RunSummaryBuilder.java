package io.evenkeel.pipeline.summary;

import io.evenkeel.flaky.history.Verdict;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import io.evenkeel.pipeline.summary.TestSummary.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads the events of all executors of one run and says what they amount to.
 *
 * <p>Events stream through: what stays is a few hundred bytes for each test and at most {@value #FAILURE_CHARS} characters
 * of error text in all. Executors may be read one after the other, in any order. One thread.
 */
public final class RunSummaryBuilder {

    /** Characters of error text kept in all; later failures keep their first line only. */
    static final int FAILURE_CHARS = 16 << 20;

    private static final int MAX_ERRORS = 200;
    private static final int MAX_HEALS = 10_000;

    final Map<String, TestTally> tests = new LinkedHashMap<>();
    final List<HealEvent> heals = new ArrayList<>();
    private final String run;
    private final List<ExecutorTally> executors = new ArrayList<>();
    private final Map<String, Set<String>> errors = new LinkedHashMap<>();
    private final Map<String, String> errorPlaces = new HashMap<>();
    private List<PlannedShard> plan = List.of();
    private int failureChars = FAILURE_CHARS;
    private String suite = "";
    private String playwright = "";

    /**
     * Begins an empty summary.
     *
     * @param run the run key
     */
    public RunSummaryBuilder(String run) {
        this.run = run;
    }

    /** Says what had to run; without it, what had to run is what the executors selected. */
    public RunSummaryBuilder plan(List<PlannedShard> shards) {
        plan = List.copyOf(shards);
        return this;
    }

    /** Gives names to tests that no executor may ever mention; one that does knows better. */
    public RunSummaryBuilder known(List<TestName> names) {
        names.forEach(name -> tests.computeIfAbsent(name.id(), id -> new TestTally(tests.size(), name)));
        return this;
    }

    /** Adds what was found out about broken locators after the tests. */
    public RunSummaryBuilder heals(List<HealEvent> found) {
        found.forEach(this::heal);
        return this;
    }

    /**
     * Returns what takes the events of one executor, in their order.
     *
     * @param spoolId unique over the executors of the run
     */
    public Events executor(String spoolId) {
        ExecutorTally tally = new ExecutorTally(spoolId);
        executors.add(tally);
        EventCollector collector = new EventCollector(this, tally, executors.size() - 1);
        return (at, event) -> {
            tally.at(at);
            event.accept(collector);
        };
    }

    /** Takes the events of one executor. One thread. */
    @FunctionalInterface
    public interface Events extends BiConsumer<Instant, RunEvent> {

        /** Takes one line of the spool. */
        default void accept(SpoolEvent event) {
            accept(event.at(), event.event());
        }
    }

    TestTally tally(String id) {
        return tests.computeIfAbsent(id, i -> new TestTally(tests.size(), TestName.unknown(i)));
    }

    void begun(RunEvent.RunBegin event) {
        suite = event.config().isEmpty() ? suite : event.config();
        playwright = event.playwright().isEmpty() ? playwright : event.playwright();
    }

    void heal(HealEvent heal) {
        if (heals.size() < MAX_HEALS) {
            heals.add(heal);
        }
    }

    void error(String executor, Failure error) {
        if (errors.containsKey(error.message()) || errors.size() < MAX_ERRORS) {
            errors.computeIfAbsent(error.message(), m -> new HashSet<>()).add(executor);
            errorPlaces.putIfAbsent(error.message(), error.place());
        }
    }

    /** Cuts a failure to what the budget of all error texts still allows. */
    Failure withinBudget(Failure failure) {
        int size = failure.message().length() + failure.snippet().length();
        if (size <= failureChars) {
            failureChars -= size;
            return failure;
        }
        return new Failure(Texts.cut(failure.firstLine(), 200), failure.place(), "", failure.attachments());
    }

    /**
     * Returns the summary of all events so far.
     *
     * @param labels whose failure it is, by test id; a failed test without one is {@link FailureLabel.Kind#UNJUDGED}
     */
    public RunSummary build(Map<String, FailureLabel> labels) {
        List<String> names = executors.stream().map(e -> e.name).toList();
        List<TestSummary> results = new ArrayList<>();
        List<TestName> duplicates = new ArrayList<>();
        int[] failed = new int[executors.size()];
        tests.values().stream()
                .filter(TestTally::executed)
                .sorted(Comparator.comparing(t -> t.name, TestName.BY_PLACE))
                .forEach(tally -> {
                    results.add(summary(tally, names, labels));
                    int[] deciding = tally.decidingExecutors();
                    for (int executor : deciding) {
                        failed[executor] += tally.failedOn(executor) ? 1 : 0;
                    }
                    if (tally.role == TestRole.TEST && deciding.length > 1) {
                        duplicates.add(tally.name);
                    }
                });
        CoverageProof proof = new CoverageProof(plan, executors, tests);
        List<ExecutorSummary> ends = new ArrayList<>();
        for (int i = 0; i < executors.size(); i++) {
            ends.add(executors.get(i).summary(proof.shardOf(i), failed[i]));
        }
        return new RunSummary(facts(ends), proof.coverage(), results, ends, findings(duplicates));
    }

    private static TestSummary summary(TestTally tally, List<String> names, Map<String, FailureLabel> labels) {
        Verdict verdict = tally.verdict();
        boolean unexpected = verdict.match(p -> false, f -> true, f -> true, s -> false);
        return new TestSummary(
                tally.name,
                tally.role,
                verdict,
                tally.attempts(names),
                new Diagnosis(
                        unexpected ? tally.failure : Failure.none(),
                        labels.getOrDefault(tally.name.id(), FailureLabel.unjudged())));
    }

    private RunFacts facts(List<ExecutorSummary> ends) {
        Duration wall = ends.stream()
                .map(e -> e.load().wall())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration busy = ends.stream().map(e -> e.load().busy()).reduce(Duration.ZERO, Duration::plus);
        return new RunFacts(run, suite, playwright, wall, busy);
    }

    private Findings findings(List<TestName> duplicates) {
        List<RunError> all = new ArrayList<>();
        errors.forEach((message, where) -> all.add(new RunError(
                message,
                errorPlaces.getOrDefault(message, ""),
                where.stream().sorted().toList())));
        return new Findings(all, heals, duplicates);
    }
}
