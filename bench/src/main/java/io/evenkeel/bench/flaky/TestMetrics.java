package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.quarantine.Quarantine;
import io.evenkeel.flaky.quarantine.QuarantineAdvice;
import io.evenkeel.flaky.quarantine.QuarantinePolicy;
import io.evenkeel.flaky.rate.CommonCause;
import io.evenkeel.flaky.rate.Mark;
import io.evenkeel.flaky.rate.OutageGate;
import io.evenkeel.flaky.rate.TestStanding;
import io.evenkeel.flaky.rate.TestState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Scores marks and quarantine on a simulated history whose truth is known exactly. One thread.
 *
 * <p>Recall counts flaky tests that flaked at least three times; healthy are all that never flake by design, broken or not.
 */
final class TestMetrics {

    private static final int RELAPSE_RUNS = 100;
    private static final double[] GATES = {2, 0.8, 0.15};
    private static final String[] GATE_NAMES = {"pass-on-retry", "pass-on-retry-gate-80", "pass-on-retry-gate-15"};

    private record Truth(boolean flaky, boolean everBroken, int from, int to, List<int[]> broken) {

        boolean brokenAt(long commit) {
            return broken.stream().anyMatch(interval -> commit >= interval[0] && commit < interval[1]);
        }
    }

    /** What one method marked: flakes seen at the first mark, by test; and marks that came in an outage. */
    private static final class Marks {
        final Map<Integer, Integer> flakesAtMark = new HashMap<>();
        int inOutages;
    }

    private final String dataset;
    private final History history;
    private final List<Truth> truths = new ArrayList<>();
    private final Map<String, String> causes = new HashMap<>();
    private final int[] flakes;
    private final Map<String, Marks> marks = new TreeMap<>();

    TestMetrics(DataSet data, History history) throws IOException {
        this.dataset = data.name();
        this.history = history;
        this.flakes = new int[history.tests().size()];
        Map<String, Truth> byName = new HashMap<>();
        Csv.read(data.file("truth-tests").orElseThrow(), line -> byName.put(line.get("test"), truth(line)));
        for (String test : history.tests()) {
            truths.add(byName.getOrDefault(test, new Truth(false, false, 0, 0, List.of())));
        }
        if (data.file("truth-failures").isPresent()) {
            Csv.read(
                    data.file("truth-failures").get(),
                    line -> causes.merge(
                            line.get("run") + " " + line.get("test"),
                            line.get("cause"),
                            (a, b) -> a.equals("flake") ? a : b));
        }
    }

    private static Truth truth(Csv.Line line) {
        List<int[]> broken = new ArrayList<>();
        for (String interval : line.get("brokenIntervals").split("[;| ]", -1)) {
            int dash = interval.indexOf('-');
            if (dash > 0) {
                broken.add(new int[] {
                    Integer.parseInt(interval.substring(0, dash)), Integer.parseInt(interval.substring(dash + 1))
                });
            }
        }
        boolean flaky = line.get("kind").equals("flaky");
        return new Truth(
                flaky,
                !broken.isEmpty(),
                (int) line.number("flakyFromCommit", 0),
                (int) line.number("flakyToCommit", 0),
                broken);
    }

    List<Result> measure() {
        Ours ours = new Ours();
        Others others = new Others();
        for (History.Run run : history.runs()) {
            for (History.Result result : run.results()) {
                String cause = causes.getOrDefault(
                        run.position().run() + " " + history.tests().get(result.test()), "");
                flakes[result.test()] += cause.equals("flake") ? 1 : 0;
            }
            ours.take(run);
            others.take(run);
        }
        List<Result> results = new ArrayList<>();
        marks.forEach((method, found) -> results.addAll(rates(method, found)));
        results.addAll(ours.results());
        return results;
    }

    private void mark(String method, int test, History.Run run) {
        Marks found = marks.computeIfAbsent(method, key -> new Marks());
        if (found.flakesAtMark.putIfAbsent(test, flakes[test]) == null && run.outage()) {
            found.inOutages++;
        }
    }

    private List<Result> rates(String method, Marks found) {
        int recalled = 0;
        int shouldRecall = 0;
        int healthyMarked = 0;
        int healthy = 0;
        int brokenMarked = 0;
        int brokenOnly = 0;
        List<Integer> needed = new ArrayList<>();
        for (int test = 0; test < truths.size(); test++) {
            Truth truth = truths.get(test);
            boolean marked = found.flakesAtMark.containsKey(test);
            if (truth.flaky() && flakes[test] >= 3) {
                shouldRecall++;
                recalled += marked ? 1 : 0;
                if (marked) {
                    needed.add(found.flakesAtMark.getOrDefault(test, 0));
                }
            } else if (!truth.flaky()) {
                healthy++;
                healthyMarked += marked ? 1 : 0;
                brokenOnly += truth.everBroken() ? 1 : 0;
                brokenMarked += truth.everBroken() && marked ? 1 : 0;
            }
        }
        needed.sort(Integer::compare);
        double median = needed.isEmpty() ? Double.NaN : needed.get(needed.size() / 2);
        return List.of(
                line("recall", method, recalled, shouldRecall),
                Result.of(
                        dataset,
                        "flakes_needed_median",
                        method,
                        Result.Interval.of(median),
                        Result.Counts.of(needed.size(), -1)),
                line("healthy_marked", method, healthyMarked, healthy),
                line("broken_marked_flaky", method, brokenMarked, brokenOnly),
                Result.of(dataset, "outage_marks", method, Result.Interval.of(found.inOutages), Result.Counts.NONE));
    }

    private Result line(String metric, String method, int hits, int cases) {
        return Result.of(dataset, metric, method, Result.Interval.share(hits, cases), Result.Counts.of(cases, -1));
    }

    /** The product's own marks, quarantine and releases. */
    private final class Ours implements Judge.Listener {

        private final Judge judge = new Judge();
        private final Mark[] latest = new Mark[history.tests().size()];
        private final Map<Integer, Integer> runsSinceRelease = new HashMap<>();
        private final Map<String, Integer> episodeRuns = new HashMap<>();
        private final Set<String> called = new HashSet<>();
        private Quarantine quarantine = Quarantine.empty();
        private int quarantinedBroken;
        private int released;
        private int relapsed;

        void take(History.Run run) {
            judge.take(run, this);
        }

        @Override
        public void failure(History.Run run, History.Result result, TestState before, CommonCause cause) {
            // Everything is measured after the result.
        }

        @Override
        public void recorded(History.Run run, History.Result result, TestState after, OutageGate gate) {
            int test = result.test();
            followRelease(run, result);
            if (!gate.teaches()) {
                return;
            }
            Mark before = latest[test] == null ? Mark.HEALTHY : latest[test];
            if (before == Mark.HEALTHY && !result.hasFailure()) {
                return;
            }
            Mark now = after.mark(judge.model());
            latest[test] = now;
            if (now == Mark.FLAKY) {
                mark("evenkeel", test, run);
            }
            followEpisode(run, result, now);
            followQuarantine(run, test, after, now);
        }

        private void followEpisode(History.Run run, History.Result result, Mark now) {
            String cause = causes.getOrDefault(
                    run.position().run() + " " + history.tests().get(result.test()), "");
            if (!run.onStableBranch() || !cause.equals("broken") || !result.failedThroughout()) {
                return;
            }
            int[] interval = truths.get(result.test()).broken().stream()
                    .filter(i -> run.position().commitOrdinal() >= i[0]
                            && run.position().commitOrdinal() < i[1])
                    .findFirst()
                    .orElse(new int[] {-1, -1});
            String episode = result.test() + " " + interval[0];
            int runs = episodeRuns.merge(episode, 1, Integer::sum);
            if (runs <= 2 && now == Mark.BROKEN) {
                called.add(episode);
            }
        }

        private void followQuarantine(History.Run run, int test, TestState after, Mark now) {
            TestId id = new TestId("", history.tests().get(test));
            boolean inside = quarantine.entry(id).isPresent();
            if (!inside && now != Mark.FLAKY) {
                return;
            }
            TestStanding standing = after.standing(judge.model());
            Instant time = Instant.ofEpochSecond(run.time());
            QuarantineAdvice advice = quarantine.advise(
                    QuarantinePolicy.standard(),
                    id,
                    standing,
                    time,
                    history.tests().size());
            advice.match(
                    leave -> 0,
                    enter -> {
                        boolean brokenNow = run.onStableBranch()
                                && truths.get(test).brokenAt(run.position().commitOrdinal())
                                && after.broken() < 1
                                && !truths.get(test).flaky();
                        quarantinedBroken += brokenNow ? 1 : 0;
                        quarantine = quarantine.add(id, "bench", enter.reason(), time, Duration.ofDays(30));
                        runsSinceRelease.remove(test);
                        return 0;
                    },
                    stay -> 0,
                    release -> {
                        quarantine = quarantine.release(id);
                        if (release.cause() == QuarantineAdvice.Release.Cause.EARNED) {
                            released++;
                            runsSinceRelease.put(test, 0);
                        } else if (release.cause() == QuarantineAdvice.Release.Cause.EXPIRED) {
                            // Nobody repairs a simulated test: its owner asks for another month.
                            quarantine = quarantine.add(id, "bench", "asked again", time, Duration.ofDays(30));
                        }
                        return 0;
                    });
        }

        private void followRelease(History.Run run, History.Result result) {
            Integer since = runsSinceRelease.get(result.test());
            if (since == null) {
                return;
            }
            String cause = causes.getOrDefault(
                    run.position().run() + " " + history.tests().get(result.test()), "");
            if (cause.equals("flake")) {
                relapsed++;
                runsSinceRelease.remove(result.test());
            } else if (since + 1 >= RELAPSE_RUNS) {
                runsSinceRelease.remove(result.test());
            } else {
                runsSinceRelease.put(result.test(), since + 1);
            }
        }

        List<Result> results() {
            return List.of(
                    line("broken_within_2_runs", "evenkeel", called.size(), episodeRuns.size()),
                    Result.of(
                            dataset,
                            "broken_quarantined",
                            "evenkeel",
                            Result.Interval.of(quarantinedBroken),
                            Result.Counts.of(episodeRuns.size(), -1)),
                    line("relapse_100", "evenkeel", relapsed, released));
        }
    }

    /** The rules of other tools; all but pass-on-retry look at the stable branch only and skip runs with more than 15 % failures. */
    private final class Others {

        private static final int LUCI_EVERY = 25;

        private final List<Rule> rules = Rule.all();
        private final Map<String, List<Past>> pasts = new HashMap<>();
        private int stableRuns;

        void take(History.Run run) {
            double share =
                    run.failedAtFirst() / (double) Math.max(1, run.results().size());
            for (int gate = 0; gate < GATES.length; gate++) {
                if (share <= GATES[gate]) {
                    feed(GATE_NAMES[gate], Rule.passOnRetry(GATE_NAMES[gate]), run, Attempts.FIRST);
                }
            }
            if (!run.onStableBranch() || share > GATES[2]) {
                return;
            }
            stableRuns++;
            for (Rule rule : rules) {
                if (!rule.name().equals("luci") || stableRuns % LUCI_EVERY == 0) {
                    feed(rule.name() + "-final", rule, run, Attempts.FINAL);
                    feed(rule.name() + "-first", rule, run, Attempts.FIRST);
                } else {
                    remember(rule.name() + "-final", run, Attempts.FINAL);
                    remember(rule.name() + "-first", run, Attempts.FIRST);
                }
            }
        }

        private void feed(String method, Rule rule, History.Run run, Attempts attempts) {
            remember(method, run, attempts);
            for (History.Result result : run.results()) {
                if (rule.marks(past(method, result.test()))) {
                    mark(method, result.test(), run);
                }
            }
        }

        private void remember(String method, History.Run run, Attempts attempts) {
            for (History.Result result : run.results()) {
                past(method, result.test())
                        .add(run, attempts == Attempts.FINAL ? Past.finalOutcome(result) : Past.firstOutcome(result));
            }
        }

        private Past past(String method, int test) {
            List<Past> all = pasts.computeIfAbsent(method, key -> new ArrayList<>());
            while (all.size() <= test) {
                all.add(new Past());
            }
            return all.get(test);
        }
    }

    private enum Attempts {
        FIRST,
        FINAL
    }
}
