package io.evenkeel.pipeline.host;

import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.host.CommentThread.Comment;
import io.evenkeel.pipeline.host.Publication.Comments;
import io.evenkeel.pipeline.host.Publication.Style;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.FailureLabel;
import io.evenkeel.pipeline.summary.Gate;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.SampleRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StickyCommentTest {

    private final Thread thread = new Thread();

    /** A thread in memory; somebody may slip in a comment just before ours. */
    private static final class Thread implements CommentThread {
        private final List<Comment> comments = new ArrayList<>();
        private final List<String> writes = new ArrayList<>();
        private long next = 1;
        private String slippedIn = "";

        void add(String author, String body) {
            comments.add(new Comment(next, author, body, "https://forge/c" + next++));
        }

        @Override
        public String me() {
            return "bot";
        }

        @Override
        public List<Comment> all() {
            return List.copyOf(comments);
        }

        @Override
        public Comment write(String body) {
            if (!slippedIn.isEmpty()) {
                add("bot", slippedIn);
            }
            writes.add("write");
            add("bot", body);
            return comments.get(comments.size() - 1);
        }

        @Override
        public void replace(long id, String body) {
            writes.add("replace " + id);
            comments.replaceAll(c -> c.id() == id ? new Comment(id, c.author(), body, c.url()) : c);
        }

        @Override
        public void remove(long id) {
            writes.add("remove " + id);
            comments.removeIf(c -> c.id() == id);
        }

        String only() {
            assertThat(comments).hasSize(1);
            return comments.get(0).body();
        }
    }

    private static Publication publication(RunSummary summary, Comments comments) {
        return new Publication(
                summary,
                ExitCode.of(summary, Gate.newFailuresOnly()),
                Gate.newFailuresOnly(),
                Style.plain("https://ci/1").with(comments));
    }

    private static Publication red() {
        return publication(failing(Map.of()), Comments.PROBLEMS);
    }

    private static RunSummary failing(Map<String, FailureLabel> labels) {
        SampleRun run = new SampleRun();
        run.executor("a").selects("cart").fails("cart", "Error: no").endsRun("failed");
        return run.summary(labels);
    }

    private static Publication green(Comments comments) {
        SampleRun run = new SampleRun();
        run.executor("a").selects("cart").runs("cart", PASSED).endsRun("passed");
        return publication(run.summary(), comments);
    }

    private Told tell(Publication publication) throws IOException {
        return new StickyComment("playwright", "commit `c0ffee1`", 65_000).tell(publication, thread);
    }

    @Nested
    class GivenNoCommentYet {

        @Test
        void whenATestFailed_thenOneIsWrittenThatBeginsWithMarkerAndVerdict() throws Exception {
            assertThat(tell(red()).state()).isEqualTo(Told.State.DONE);

            assertThat(thread.only())
                    .startsWith("<!-- evenkeel:report:v1 playwright -->\n### ❌ 1 of 1 test failed")
                    .endsWith("<sub>commit `c0ffee1`</sub>\n");
        }

        @Test
        void whenAllIsGreen_thenNoneIsWritten() throws Exception {
            assertThat(tell(green(Comments.PROBLEMS)).state()).isEqualTo(Told.State.UNCHANGED);
            assertThat(thread.writes).isEmpty();
        }

        @Test
        void whenAllIsGreenAndAlwaysIsWanted_thenTheWholePageIsWritten() throws Exception {
            tell(green(Comments.ALWAYS));

            assertThat(thread.only()).contains("executed 1 of 1 discovered");
        }

        @Test
        void whenThereAreNoResults_thenNoneIsWritten() throws Exception {
            tell(publication(new SampleRun().summary(), Comments.ALWAYS));

            assertThat(thread.writes).isEmpty();
        }

        @Test
        void whenCommentsAreOff_thenNoneIsWritten() throws Exception {
            tell(publication(failing(Map.of()), Comments.OFF));

            assertThat(thread.writes).isEmpty();
        }

        @Test
        void whenAnotherReportJobWritesAtTheSameMoment_thenTheOlderOneStaysWithTheNewText() throws Exception {
            thread.slippedIn = "<!-- evenkeel:report:v1 playwright -->\nof the other job";

            tell(red());

            assertThat(thread.only()).contains("1 of 1 test failed");
            assertThat(thread.comments.get(0).id()).isEqualTo(1);
        }
    }

    @Nested
    class GivenAComment {

        @Test
        void whenTheSameIsToldTwice_thenNothingIsWrittenAgain() throws Exception {
            tell(red());
            thread.writes.clear();

            assertThat(tell(red()).state()).isEqualTo(Told.State.UNCHANGED);
            assertThat(thread.writes).isEmpty();
        }

        @Test
        void whenAllIsGreenAgain_thenItBecomesOneGreenLine() throws Exception {
            tell(red());

            tell(green(Comments.PROBLEMS));

            assertThat(thread.only()).contains("### ✅ The 1 test passed.\n").doesNotContain("Failed");
        }

        @Test
        void whenSomebodyElseQuotesTheMarker_thenTheirsIsLeftAlone() throws Exception {
            thread.add("mallory", "<!-- evenkeel:report:v1 playwright -->\nmine");

            tell(red());

            assertThat(thread.comments).hasSize(2);
            assertThat(thread.comments.get(0).body()).endsWith("mine");
        }

        @Test
        void whenItIsOfAnotherSuite_thenItIsLeftAlone() throws Exception {
            thread.add("bot", "<!-- evenkeel:report:v1 mobile -->\nother suite");

            tell(red());

            assertThat(thread.comments).hasSize(2);
        }

        @Test
        void whenThereAreTwoOfOurs_thenTheOlderIsKept() throws Exception {
            thread.add("bot", "<!-- evenkeel:report:v1 playwright -->\nfirst");
            thread.add("bot", "<!-- evenkeel:report:v1 playwright -->\nsecond");

            tell(red());

            assertThat(thread.only()).contains("1 of 1 test failed");
            assertThat(thread.writes).containsExactly("remove 2", "replace 1");
        }
    }

    @Nested
    class GivenAGateThatExcuses {

        @Test
        void whenOnlyKnownFlakyTestsFailed_thenTheLineIsNotRedAndSaysWhy() {
            Publication publication = publication(
                    failing(Map.of("cart", new FailureLabel(FailureLabel.Kind.KNOWN_FLAKY, "4 of 30 runs on main"))),
                    Comments.PROBLEMS);

            assertThat(publication.decision().code()).isEqualTo(ExitCode.PASSED);
            assertThat(publication.markdown(65_000))
                    .startsWith("### 🟡 1 of 1 test failed: 1 known flaky.")
                    .contains("None of them began with this change.")
                    .contains("The gate lets this run pass.");
        }
    }

    @Nested
    class GivenTitlesThatWantToDoHarm {

        private static final String TITLE =
                "--> <!-- x --> @everyone #1 | ``` </sub></details> \u001b[31m[x](javascript:1)";

        @Test
        void whenTheyAreCommented_thenMarkerAndFrameStayWhole() throws Exception {
            SampleRun run = new SampleRun();
            run.executor("a")
                    .selects(TITLE)
                    .fails(TITLE, "Error: " + TITLE.repeat(5_000))
                    .endsRun("failed");

            tell(publication(run.summary(), Comments.PROBLEMS));

            String body = thread.only();
            assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(65_000);
            assertThat(body.lines().findFirst()).contains("<!-- evenkeel:report:v1 playwright -->");
            assertThat(body).doesNotContain("\u001b").endsWith("<sub>commit `c0ffee1`</sub>\n");
            assertThat(body.split("<details>", -1)).hasSameSizeAs(body.split("\n</details>\n", -1));
        }
    }

    @Nested
    class GivenTheWordsOfAGate {

        @Test
        void whenTheyAreRead_thenNamesAndListsWork() {
            assertThat(Gate.parse("new")).isEqualTo(Gate.newFailuresOnly());
            assertThat(Gate.parse("playwright")).isEqualTo(Gate.playwright());
            assertThat(Gate.parse("strict")).isEqualTo(Gate.strict());
            assertThat(Gate.parse("quarantined, known-flaky").excused())
                    .containsExactlyInAnyOrder(FailureLabel.Kind.QUARANTINED, FailureLabel.Kind.KNOWN_FLAKY);
        }
    }
}
