package io.evenkeel.bench.flaky;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Area under the ROC curve and points on it, with intervals that respect that verdicts of one test belong together. Static functions. */
final class Roc {

    private static final int RESAMPLES = 200;

    private Roc() {}

    /**
     * One judged verdict.
     *
     * @param group verdicts of one test are resampled together
     * @param flake the truth
     * @param score the higher, the more a flake
     * @param weight 1, or less for a verdict that shares the weight of its episode
     */
    record Point(int group, boolean flake, double score, double weight) {}

    static Result.Interval auc(List<Point> points) {
        double value = area(points);
        Map<Integer, List<Point>> groups = new HashMap<>();
        for (Point point : points) {
            groups.computeIfAbsent(point.group(), key -> new ArrayList<>()).add(point);
        }
        List<List<Point>> all =
                groups.keySet().stream().sorted().map(groups::get).toList();
        Random random = new Random(1);
        List<Double> areas = new ArrayList<>();
        for (int i = 0; i < RESAMPLES; i++) {
            List<Point> sample = new ArrayList<>(points.size());
            for (int j = 0; j < all.size(); j++) {
                sample.addAll(all.get(random.nextInt(all.size())));
            }
            double area = area(sample);
            if (!Double.isNaN(area)) {
                areas.add(area);
            }
        }
        areas.sort(Comparator.naturalOrder());
        return areas.size() < RESAMPLES / 2
                ? Result.Interval.of(value)
                : new Result.Interval(value, areas.get(areas.size() / 20), areas.get(areas.size() * 19 / 20));
    }

    /** Returns the share of flakes above the score that this share of the others does not exceed. */
    static double truePositives(List<Point> points, double falsePositives) {
        List<Double> others = points.stream()
                .filter(p -> !p.flake())
                .map(Point::score)
                .sorted(Comparator.reverseOrder())
                .toList();
        if (others.isEmpty()) {
            return Double.NaN;
        }
        double threshold = others.get((int) Math.floor(falsePositives * others.size()));
        long flakes = points.stream().filter(Point::flake).count();
        return points.stream().filter(p -> p.flake() && p.score() > threshold).count() / (double) flakes;
    }

    private static double area(List<Point> points) {
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(Point::score));
        double below = 0;
        double wins = 0;
        double flakes = 0;
        double others = 0;
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            double flakesHere = 0;
            double othersHere = 0;
            while (end < sorted.size()
                    && sorted.get(end).score() == sorted.get(i).score()) {
                Point point = sorted.get(end++);
                flakesHere += point.flake() ? point.weight() : 0;
                othersHere += point.flake() ? 0 : point.weight();
            }
            wins += flakesHere * (below + othersHere / 2);
            below += othersHere;
            flakes += flakesHere;
            others += othersHere;
            i = end;
        }
        return flakes == 0 || others == 0 ? Double.NaN : wins / (flakes * others);
    }
}
