package io.evenkeel.coordinator.page;

import io.evenkeel.flaky.recommend.Recommendation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What to do next about the tests of a suite.
 *
 * <p>Immutable.
 *
 * @param project short name of the project
 * @param suite its configuration file; empty before the first run
 * @param lines the most costly first
 */
public record AdviceView(String project, String suite, List<Line> lines) {

    /** Lines on the list of runs. */
    public static final int TOP = 3;

    private static final int MOST_TESTS = 5;
    private static final double WORTH_SAYING = 0.5;

    public AdviceView {
        lines = List.copyOf(lines);
    }

    /** Returns the first lines. */
    public AdviceView top() {
        return new AdviceView(project, suite, lines.subList(0, Math.min(TOP, lines.size())));
    }

    /** Returns the address of the whole page. */
    public String address() {
        return "/advice?project=" + encoded(project);
    }

    /** A test as people know it. */
    public record Test(String file, String title, String project) {}

    /** What following the advice is worth, and the run that shows why; no run when no single one does. */
    public record Weight(OptionalLong run, double minutesPerWeek) {}

    /**
     * One piece of advice.
     *
     * @param kind its class on the page
     * @param advice what to do
     * @param tests the tests it is about, at most five
     * @param others how many more there are
     * @param reason why, with a link
     */
    public record Line(String kind, String advice, List<Test> tests, int others, Reason reason) {

        public Line {
            tests = List.copyOf(tests);
        }

        /** Returns the line of a recommendation. */
        public static Line of(Recommendation.Kind kind, List<Test> tests, String evidence, Weight weight) {
            String address = weight.run().isEmpty()
                    ? ""
                    : "/runs/" + weight.run().getAsLong() + "?q="
                            + encoded(tests.get(0).file()) + "#tests";
            String minutes = weight.minutesPerWeek() < WORTH_SAYING
                    ? ""
                    : String.format(Locale.ROOT, "%.0f min a week", weight.minutesPerWeek());
            String word = kind.advice();
            return new Line(
                    kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
                    tests.subList(0, Math.min(MOST_TESTS, tests.size())),
                    Math.max(0, tests.size() - MOST_TESTS),
                    new Reason(evidence, address, minutes));
        }
    }

    /** Why: the evidence, the address of the run that shows it (empty when no single one does), what it costs. */
    public record Reason(String evidence, String address, String minutes) {}

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
