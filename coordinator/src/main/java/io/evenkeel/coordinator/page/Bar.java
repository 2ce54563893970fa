package io.evenkeel.coordinator.page;

import io.evenkeel.coordinator.run.RunCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bar of stacked shares, drawn as SVG so that no style stands in the page.
 *
 * <p>Immutable.
 *
 * @param parts from left to right; together at most 100 wide
 */
public record Bar(List<Part> parts) {

    public Bar {
        parts = List.copyOf(parts);
    }

    /** One share: class name, left edge and width in per cent, as SVG wants them. */
    public record Part(String kind, String x, String width) {}

    /** Returns the bar of a run: what has ended by verdict; the rest stays empty. */
    public static Bar of(RunCounts counts, int all) {
        List<Part> parts = new ArrayList<>();
        double x = 0;
        double total = Math.max(1, Math.max(all, counts.ended()));
        String[] kinds = {"failed", "flaky", "passed", "skipped"};
        int[] values = {counts.failed(), counts.flaky(), counts.passed(), counts.skipped()};
        for (int i = 0; i < kinds.length; i++) {
            double width = 100 * values[i] / total;
            parts.add(new Part(kinds[i], number(x), number(width)));
            x += width;
        }
        return new Bar(parts);
    }

    /** Returns a bar of one share in [0, 1]. */
    public static Bar share(String kind, double share) {
        return new Bar(List.of(new Part(kind, "0", number(100 * Math.max(0, Math.min(1, share))))));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
