package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.rate.CommonCause;
import io.evenkeel.flaky.rate.Judgement;
import io.evenkeel.flaky.rate.OutageGate;
import io.evenkeel.flaky.rate.TestState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores "is this failing verdict a flake?" against the truth of each failure: at once, and one run later. One thread.
 *
 * <p>Consecutive broken verdicts of a test are one episode; per episode they share a weight of 1.
 */
final class FailureMetrics {

    private record Judged(int test, long run, String label, int episode, double later) {}

    private final String dataset;
    private final History history;
    private final Map<String, String> truth = new HashMap<>();
    private final List<Judged> judged = new ArrayList<>();
    private final Map<String, List<Double>> scores = new LinkedHashMap<>();
    private final Map<Integer, Integer> openEpisode = new HashMap<>();
    private int episodes;

    FailureMetrics(DataSet data, History history) throws IOException {
        this.dataset = data.name();
        this.history = history;
        Csv.read(
                data.file("truth-failures").orElseThrow(),
                line -> truth.put(key(line.get("test"), line.number("run", -1)), line.get("label")));
    }

    private static String key(String test, long run) {
        return run + " " + test;
    }

    List<Result> measure() {
        Judge judge = new Judge();
        List<Past> pasts = new ArrayList<>();
        history.tests().forEach(test -> pasts.add(new Past()));
        Map<Integer, Integer> waiting = new HashMap<>();
        List<Double> later = new ArrayList<>();
        for (History.Run run : history.runs()) {
            judge.take(run, new Judge.Listener() {
                @Override
                public void failure(History.Run at, History.Result result, TestState before, CommonCause cause) {
                    AttemptPattern pattern =
                            result.patterns().get(result.patterns().size() - 1);
                    Judgement judgement = before.judge(judge.model(), at.position(), pattern, cause);
                    scores.computeIfAbsent("evenkeel", k -> new ArrayList<>()).add(judgement.rerunPasses());
                }

                @Override
                public void recorded(History.Run at, History.Result result, TestState after, OutageGate gate) {
                    Integer open = waiting.remove(result.test());
                    if (open != null) {
                        Judged one = judged.get(open);
                        after.judgeAfterwards(judge.model(), (long) one.later())
                                .ifPresent(judgement -> later.set(open, judgement.flake()));
                    }
                    Past past = pasts.get(result.test());
                    past.add(at, Past.finalOutcome(result));
                    if (result.hasFailure()) {
                        later.add(latestOfOurs());
                        waiting.put(result.test(), judged.size());
                        judged.add(label(at, result));
                        for (Rule rule : Rule.all()) {
                            scores.computeIfAbsent(rule.name(), k -> new ArrayList<>())
                                    .add(rule.flakeScore().applyAsDouble(past));
                        }
                    } else {
                        openEpisode.remove(result.test());
                    }
                }
            });
        }
        return results(later);
    }

    private double latestOfOurs() {
        List<Double> ours = scores.getOrDefault("evenkeel", List.of());
        return ours.get(ours.size() - 1);
    }

    private Judged label(History.Run run, History.Result result) {
        String label = truth.getOrDefault(
                key(history.tests().get(result.test()), run.position().run()), "unknown");
        int episode = 0;
        if (label.startsWith("broken")) {
            episode = openEpisode.computeIfAbsent(result.test(), key -> ++episodes);
        } else if (label.startsWith("flake")) {
            openEpisode.remove(result.test());
        }
        return new Judged(
                result.test(),
                run.position().run(),
                label,
                episode,
                run.position().commitOrdinal());
    }

    private List<Result> results(List<Double> later) {
        Map<Integer, Integer> sizes = new HashMap<>();
        judged.forEach(one -> sizes.merge(one.episode(), 1, Integer::sum));
        List<Result> results = new ArrayList<>();
        scores.forEach((method, values) -> {
            List<Roc.Point> plain = new ArrayList<>();
            List<Roc.Point> shared = new ArrayList<>();
            List<Roc.Point> firsts = new ArrayList<>();
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < judged.size(); i++) {
                Judged one = judged.get(i);
                boolean flake = one.label().startsWith("flake");
                if (!flake && one.episode() == 0) {
                    continue;
                }
                double score = values.get(i);
                plain.add(new Roc.Point(one.test(), flake, score, 1));
                shared.add(new Roc.Point(
                        one.test(), flake, score, flake ? 1 : 1.0 / sizes.getOrDefault(one.episode(), 1)));
                if (flake || seen.add(one.episode())) {
                    firsts.add(new Roc.Point(one.test(), flake, score, 1));
                }
            }
            results.add(result("auc_at_once", method, Roc.auc(plain), plain));
            results.add(result("auc_at_once_episode", method, Roc.auc(shared), plain));
            results.add(result("auc_first_failures", method, Roc.auc(firsts), firsts));
        });
        List<Roc.Point> certain = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            if (judged.get(i).label().endsWith("_certain")) {
                Judged one = judged.get(i);
                certain.add(new Roc.Point(one.test(), one.label().startsWith("flake"), later.get(i), 1));
            }
        }
        results.add(result("auc_one_run_later", "evenkeel", Roc.auc(certain), certain));
        results.add(result(
                "tpr5_one_run_later", "evenkeel", Result.Interval.of(Roc.truePositives(certain, 0.05)), certain));
        return results;
    }

    private Result result(String metric, String method, Result.Interval value, List<Roc.Point> points) {
        int flakes = (int) points.stream().filter(Roc.Point::flake).count();
        return Result.of(
                dataset, metric, method, value, new Result.Counts(flakes, points.size() - flakes, episodes, -1));
    }
}
