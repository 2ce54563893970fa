package io.evenkeel.flaky.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The worked example of docs/explanation/flakiness.md and its picture, both made by the filter itself.
 *
 * <p>Run with {@code -Dpicture=write} to renew the picture after the filter changed.
 */
class WorkedExampleTest {

    private static final Path PICTURE = Path.of("..", "docs", "explanation", "flakiness.svg");
    private static final int COMMITS = 70;
    private static final AttemptPattern RETRY_PASSED = new AttemptPattern(1, Ending.PASSED);
    private static final AttemptPattern ALL_FAILED = new AttemptPattern(3, Ending.FAILED);

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());
    private final TestState state = new TestState(model);
    private final List<RegimeBelief> beliefs = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /** One run a commit: it flakes at commits 20, 26 and 33, breaks at 50 and is repaired at 54. */
    private static AttemptPattern at(int commit) {
        if (commit == 20 || commit == 26 || commit == 33) {
            return RETRY_PASSED;
        }
        return commit >= 50 && commit < 54 ? ALL_FAILED : AttemptPattern.PASSED;
    }

    private void play() {
        for (int commit = 1; commit <= COMMITS; commit++) {
            state.record(model, new RunPosition(commit, commit, Line.STABLE_BRANCH), at(commit));
            beliefs.add(state.belief());
            marks.add(state.mark(model));
        }
    }

    private Mark mark(int commit) {
        return marks.get(commit - 1);
    }

    @Nested
    class GivenTheStoryOfTheDocumentation {

        @Test
        void whenItIsPlayed_thenTheMarksAreThoseOfTheText() {
            play();

            assertThat(mark(19)).isEqualTo(Mark.HEALTHY);
            assertThat(mark(20)).isEqualTo(Mark.SUSPECT);
            assertThat(mark(26)).isEqualTo(Mark.FLAKY);
            assertThat(mark(51)).isEqualTo(Mark.BROKEN);
            assertThat(beliefs.get(51).broken()).isGreaterThan(0.99);
            assertThat(mark(54)).isNotEqualTo(Mark.BROKEN);
        }

        @Test
        void whenThePictureIsDrawnAgain_thenItIsTheCommittedOne() throws IOException {
            play();
            String svg = svg();
            if ("write".equals(System.getProperty("picture"))) {
                Files.writeString(PICTURE, svg);
            }

            assertThat(svg).isEqualTo(Files.readString(PICTURE));
        }
    }

    private String svg() {
        StringBuilder out = new StringBuilder();
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 260\" font-family=\"sans-serif\" font-size=\"12\">\n");
        out.append("<title>Probability of each regime of one test over 70 commits</title>\n");
        out.append("<rect width=\"760\" height=\"260\" fill=\"#ffffff\"/>\n");
        out.append(band("#4c956c", (belief, top) -> top ? 1 : belief.flaky() + belief.broken()));
        out.append(band("#e9b44c", (belief, top) -> top ? belief.flaky() + belief.broken() : belief.broken()));
        out.append(band("#b23a48", (belief, top) -> top ? belief.broken() : 0));
        for (int commit = 1; commit <= COMMITS; commit++) {
            if (at(commit).hasFailure()) {
                String colour = at(commit).failedThroughout() ? "#b23a48" : "#e9b44c";
                out.append(String.format(
                        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"214\" r=\"4\" fill=\"%s\"/>\n", x(commit), colour));
            }
        }
        for (int commit = 10; commit <= COMMITS; commit += 10) {
            out.append(String.format(
                    Locale.ROOT, "<text x=\"%.1f\" y=\"236\" text-anchor=\"middle\">%d</text>\n", x(commit), commit));
        }
        out.append(
                "<text x=\"380\" y=\"254\" text-anchor=\"middle\">commit (dots: yellow passed on retry, red failed throughout)</text>\n");
        out.append("<text x=\"668\" y=\"30\" fill=\"#4c956c\">stable</text>\n");
        out.append("<text x=\"668\" y=\"48\" fill=\"#9a7423\">flaky</text>\n");
        out.append("<text x=\"668\" y=\"66\" fill=\"#b23a48\">broken</text>\n");
        out.append(
                "<text x=\"36\" y=\"24\" text-anchor=\"end\">1</text><text x=\"36\" y=\"204\" text-anchor=\"end\">0</text>\n");
        return out.append("</svg>\n").toString();
    }

    private interface Edge {
        double of(RegimeBelief belief, boolean top);
    }

    private String band(String colour, Edge edge) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < COMMITS; i++) {
            points.append(point(i + 1, edge.of(beliefs.get(i), true)));
        }
        for (int i = COMMITS - 1; i >= 0; i--) {
            points.append(point(i + 1, edge.of(beliefs.get(i), false)));
        }
        return "<polygon fill=\"" + colour + "\" points=\"" + points.toString().strip() + "\"/>\n";
    }

    private static String point(int commit, double share) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x(commit), 200 - 180 * share);
    }

    private static double x(int commit) {
        return 40 + 620.0 * (commit - 1) / (COMMITS - 1);
    }
}
