package io.evenkeel.bench.flaky;

import io.evenkeel.bench.JsonLines;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of output.
 *
 * @param method {@code evenkeel} or the rule of another tool
 * @param value the figure, with its 90 % interval; NaN where there is none
 * @param counts what it rests on
 */
record Result(String dataset, String metric, String method, Interval value, Counts counts) {

    /** A figure and its interval; NaN means "not computed". */
    record Interval(double value, double low, double high) {
        static Interval of(double value) {
            return new Interval(value, Double.NaN, Double.NaN);
        }

        /** A share with its Wilson interval at 90 %. */
        static Interval share(int hits, int cases) {
            if (cases == 0) {
                return of(Double.NaN);
            }
            double z = 1.6449;
            double p = (double) hits / cases;
            double middle = (p + z * z / (2 * cases)) / (1 + z * z / cases);
            double half = z / (1 + z * z / cases) * Math.sqrt(p * (1 - p) / cases + z * z / (4.0 * cases * cases));
            return new Interval(p, Math.max(0, middle - half), Math.min(1, middle + half));
        }
    }

    /** Sizes; -1 means "does not apply". */
    record Counts(int positives, int negatives, int episodes, long seed) {
        static final Counts NONE = new Counts(-1, -1, -1, -1);

        static Counts of(int positives, int negatives) {
            return new Counts(positives, negatives, -1, -1);
        }
    }

    static Result of(String dataset, String metric, String method, Interval value, Counts counts) {
        return new Result(dataset, metric, method, value, counts);
    }

    void print(JsonLines out) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dataset", dataset);
        fields.put("metric", metric);
        fields.put("method", method);
        number(fields, "value", value.value());
        number(fields, "low", value.low());
        number(fields, "high", value.high());
        count(fields, "positives", counts.positives());
        count(fields, "negatives", counts.negatives());
        count(fields, "episodes", counts.episodes());
        count(fields, "seed", counts.seed());
        out.print(fields);
    }

    /** JSON has no NaN: a figure that was not computed is null. */
    private static void number(Map<String, Object> fields, String name, double value) {
        fields.put(name, Double.isNaN(value) ? null : (Object) (Math.round(value * 1e6) / 1e6));
    }

    private static void count(Map<String, Object> fields, String name, long value) {
        fields.put(name, value < 0 ? null : (Object) value);
    }
}
