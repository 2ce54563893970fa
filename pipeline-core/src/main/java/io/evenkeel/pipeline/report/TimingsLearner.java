package io.evenkeel.pipeline.report;

import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.TestTiming.FirstAttempt;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.TestName;
import io.evenkeel.pipeline.summary.TestSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds what a run took to what is kept.
 *
 * <p>Durations are of first attempts that ended as expected: a retry is warm, and a failure often ends at a time limit.
 * Tests that are gone stay for a while, because a renamed test is estimated from its old name. Pure. Thread-safe.
 */
public final class TimingsLearner {

    /** Tests beyond twice the suite, and at least this many, are forgotten. */
    private static final int KEPT_AT_LEAST = 10_000;

    /** Weight of the newest run in the fixed cost: half of a change is learned after two runs. */
    private static final double NEWEST = 0.3;

    private TimingsLearner() {}

    /**
     * Returns the timings after this run.
     *
     * @param before what was kept; of another suite, it is dropped
     * @param measured fixed cost of this run; {@link FixedCost#NONE} when it could not be measured
     */
    public static Timings learn(Timings before, RunSummary run, FixedCost measured) {
        String suite =
                run.facts().suite().isEmpty() ? before.suite() : run.facts().suite();
        Timings known = before.of(suite);
        Map<String, TestTiming> tests = new HashMap<>();
        for (TestSummary test : run.tests()) {
            List<Duration> recent = new ArrayList<>();
            TestTiming old = known.tests().get(test.name().id());
            if (old != null) {
                recent.addAll(old.recent());
            }
            test.attempts().firstPassed().filter(d -> !d.isZero()).ifPresent(recent::add);
            double failing = failing(old == null ? 0 : old.failing(), test);
            if (!recent.isEmpty()) {
                tests.put(test.name().id(), new TestTiming(known(test.name()), recent, failing));
            }
        }
        int room = Math.max(KEPT_AT_LEAST, tests.size());
        known.sorted().stream()
                .filter(t -> !tests.containsKey(t.test().id()))
                .limit(room)
                .forEach(t -> tests.put(t.test().id(), t));
        return new Timings(suite, blend(known.fixed(), measured), tests);
    }

    /** What failed or was flaky failed first; a skipped test says nothing. */
    private static double failing(double before, TestSummary test) {
        return switch (test.verdict().word()) {
            case "passed" -> TestTiming.failing(before, FirstAttempt.PASSED);
            case "failed", "flaky" -> TestTiming.failing(before, FirstAttempt.FAILED);
            default -> before;
        };
    }

    private static KnownTest known(TestName name) {
        return new KnownTest(name.id(), name.project(), name.file(), name.titles());
    }

    private static FixedCost blend(FixedCost before, FixedCost now) {
        return new FixedCost(blend(before.perUnit(), now.perUnit()), blend(before.perMachine(), now.perMachine()));
    }

    private static Duration blend(Duration before, Duration now) {
        if (now.isZero()) {
            return before;
        }
        if (before.isZero()) {
            return now;
        }
        double millis = before.toMillis() * (1 - NEWEST) + now.toMillis() * NEWEST;
        return Duration.ofMillis(Math.round(millis));
    }
}
