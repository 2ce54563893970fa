package io.evenkeel.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.report.MergeOutcome.NotMerged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobsTest {

    @TempDir
    Path folder;

    /** The lines of all blobs after the rewriting, each blob a list. */
    private List<List<String>> rewritten(BlobFile... blobs) throws IOException {
        List<Path> files = new ArrayList<>();
        List<BlobIndex> indexes = new ArrayList<>();
        for (BlobFile blob : blobs) {
            Path file = blob.writeTo(folder.resolve(files.size() + ".zip"));
            files.add(file);
            try (BlobArchive archive = new BlobArchive(file, BlobArchive.Limits.DEFAULT)) {
                indexes.add(BlobIndex.of(archive));
            }
        }
        BlobRewriter rewriter = new BlobRewriter(folder, indexes, new Ownership(indexes));
        for (int b = 0; b < blobs.length; b++) {
            PathMapping paths = PathMapping.between(
                    Path.of(indexes.get(b).rootDir).resolve(indexes.get(b).configFile),
                    Path.of("/home/ann/shop/playwright.config.ts"),
                    Path.of("/home/ann/shop"));
            try (BlobArchive archive = new BlobArchive(files.get(b), BlobArchive.Limits.DEFAULT)) {
                rewriter.split(b, archive, paths, "/home/ann/shop/tests");
            }
        }
        List<List<String>> lines = new ArrayList<>();
        for (int b = 0; b < blobs.length; b++) {
            Path target = folder.resolve("report-" + b + ".zip");
            try (BlobArchive archive = new BlobArchive(files.get(b), BlobArchive.Limits.DEFAULT)) {
                rewriter.pack(b, archive, target);
            }
            List<String> here = new ArrayList<>();
            try (BlobArchive archive = new BlobArchive(target, BlobArchive.Limits.DEFAULT)) {
                archive.eachLine(here::add);
            }
            lines.add(here);
        }
        return lines;
    }

    private static List<String> testsIn(List<String> lines) {
        List<String> ids = new ArrayList<>();
        lines.stream()
                .filter(l -> BlobEvent.method(l).equals("onProject"))
                .forEach(l -> BlobEvent.project(l, ids::add));
        return ids;
    }

    /** {@code id retry} of each attempt. */
    private static List<String> attemptsIn(List<String> lines) {
        return lines.stream()
                .filter(l -> BlobEvent.method(l).equals("onTestBegin"))
                .map(l -> {
                    ObjectNode event = BlobEvent.read(l);
                    return BlobEvent.testId(event) + " "
                            + event.path("params").path("result").path("retry").asInt();
                })
                .toList();
    }

    @Nested
    class GivenTwoExecutorsThatSawTheSameTests {

        @Test
        void whenSetUpRanOnBoth_thenItStandsWhereItFailed() throws IOException {
            var lines = rewritten(
                    new BlobFile("/w/1").test("setup", "auth", "passed").test("desktop", "one", "passed"),
                    new BlobFile("/w/2").test("setup", "auth", "failed").test("desktop", "two", "passed"));

            assertThat(testsIn(lines.get(0))).containsExactly("one");
            assertThat(attemptsIn(lines.get(0))).containsExactly("one 0");
            assertThat(testsIn(lines.get(1))).containsExactly("auth", "two");
        }

        @Test
        void whenOneLeftATestToTheOther_thenOnlyTheRealResultStays() throws IOException {
            var lines = rewritten(
                    new BlobFile("/w/1")
                            .test("desktop", "one", "claimed-elsewhere")
                            .test("desktop", "two", "passed"),
                    new BlobFile("/w/2").test("desktop", "one", "passed").test("desktop", "two", "claimed-elsewhere"));

            assertThat(testsIn(lines.get(0))).containsExactly("two");
            assertThat(testsIn(lines.get(1))).containsExactly("one");
            assertThat(String.join("", lines.get(0))).doesNotContain("claimed-elsewhere");
        }

        @Test
        void whenOneWasInterruptedInATest_thenTheOthersResultStays() throws IOException {
            var lines = rewritten(
                    new BlobFile("/w/1").test("desktop", "one", "interrupted"),
                    new BlobFile("/w/2").test("desktop", "one", "failed", "passed"));

            assertThat(testsIn(lines.get(0))).isEmpty();
            assertThat(attemptsIn(lines.get(1))).containsExactly("one 0", "one 1");
        }

        @Test
        void whenBothHaveAResult_thenTheSecondFollowsAsRetry() throws IOException {
            var lines = rewritten(
                    new BlobFile("/w/1").test("desktop", "one", "failed", "failed"),
                    new BlobFile("/w/2").test("desktop", "one", "passed"),
                    new BlobFile("/w/3").test("desktop", "one", "passed"));

            assertThat(attemptsIn(lines.get(0))).containsExactly("one 0", "one 1", "one 2", "one 3");
            assertThat(testsIn(lines.get(1))).isEmpty();
            assertThat(attemptsIn(lines.get(2))).isEmpty();
        }

        @Test
        void whenNobodyRanATest_thenItStandsOnceAsNotRun() throws IOException {
            var lines =
                    rewritten(new BlobFile("/w/1").test("desktop", "one"), new BlobFile("/w/2").test("desktop", "one"));

            assertThat(testsIn(lines.get(0))).containsExactly("one");
            assertThat(testsIn(lines.get(1))).isEmpty();
        }
    }

    @Nested
    class GivenWorkCopiesInOtherFolders {

        @Test
        void whenRewritten_thenPathsAreThoseOfTheProject() throws IOException {
            String text = String.join(
                    "\n",
                    rewritten(new BlobFile("/w/1").test("desktop", "one", "failed"))
                            .get(0));

            assertThat(text)
                    .contains("\"rootDir\":\"/home/ann/shop/tests\"")
                    .contains("at /home/ann/shop/tests/a.spec.ts:3")
                    .contains("file:///home/ann/shop/tests/a.spec.ts")
                    .contains("/w/1-other/x");
        }

        @Test
        void whenTheConfigurationLiesDeeper_thenOnlyTheFolderOfTheCopyIsReplaced() {
            PathMapping paths = PathMapping.between(
                    Path.of("/w/copy/e2e/playwright.config.ts"),
                    Path.of("/home/ann/shop/e2e/playwright.config.ts"),
                    Path.of("/home/ann/shop"));

            assertThat(paths.apply("\"/w/copy/e2e/a\" /w/copy/b /w/copyright"))
                    .isEqualTo("\"/home/ann/shop/e2e/a\" /home/ann/shop/b /w/copyright");
        }
    }

    @Nested
    class GivenAHostileArchive {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../evil.sh",
                    "resources/../../evil",
                    "/etc/passwd",
                    "resources/sub/x",
                    "a\\..\\b",
                    "x.jsonl",
                    "package.json"
                })
        void whenItHasAnotherEntry_thenItIsRefused(String name) throws IOException {
            Path file = new BlobFile("/w/1").entry(name, "x").writeTo(folder.resolve("b.zip"));

            assertThatThrownBy(() -> new BlobArchive(file, BlobArchive.Limits.DEFAULT).close())
                    .isInstanceOf(RefusedFileException.class);
        }

        @Test
        void whenItUnpacksToTooMuch_thenItIsRefused() throws IOException {
            Path file = new BlobFile("/w/1")
                    .entry("resources/a.txt", "x".repeat(3_000_000))
                    .writeTo(folder.resolve("b.zip"));
            var limits = new BlobArchive.Limits(10, 1 << 20, 1 << 20);

            try (BlobArchive archive = new BlobArchive(file, limits)) {
                assertThatThrownBy(() -> archive.open(archive.resources().get(0))
                                .transferTo(java.io.OutputStream.nullOutputStream()))
                        .isInstanceOf(RefusedFileException.class)
                        .hasMessageContaining("unpacks to more than 1 MiB");
            }
        }

        @Test
        void whenALineIsTooLong_thenItIsRefused() throws IOException {
            Path file = new BlobFile("/w/1")
                    .test("desktop", "x".repeat(5_000), "passed")
                    .writeTo(folder.resolve("b.zip"));

            try (BlobArchive archive = new BlobArchive(file, new BlobArchive.Limits(10, 1 << 20, 4_000))) {
                assertThatThrownBy(() -> BlobIndex.of(archive)).isInstanceOf(RefusedFileException.class);
            }
        }

        @Test
        void whenNothingUsableIsLeft_thenTheOutcomeNamesEveryBlob() throws Exception {
            Path cut = Files.write(folder.resolve("cut.zip"), new byte[] {'P', 'K', 3, 4, 0, 0});
            Path hostile = new BlobFile("/w/1").entry("../x", "x").writeTo(folder.resolve("hostile.zip"));
            MergeRequest request = new MergeRequest(
                    List.of(cut, hostile),
                    Set.of("cut", "hostile", "dead"),
                    new MergeRequest.Project(folder, folder.resolve("playwright.config.ts")),
                    new MergeRequest.Command(List.of("false"), MergeRequest.Reporters.OURS, Duration.ofSeconds(5)),
                    folder.resolve("report"));

            NotMerged outcome = WholeReport.merge(request).match(m -> null, n -> n);

            assertThat(outcome.reason()).contains("No executor left a usable blob report");
            assertThat(String.join("\n", outcome.notes()))
                    .contains("cut.zip was left out: it is no complete zip archive")
                    .contains("hostile.zip was left out: it has an entry no blob report has")
                    .contains("no blob report of executor dead");
        }
    }

    @Nested
    class GivenAPlaywrightThatCannotBeStarted {

        @Test
        void whenMerged_thenTheOutcomeSaysWhatToDoAndTheOldReportStays() throws Exception {
            Path blob = new BlobFile("/w/1").test("desktop", "one", "passed").writeTo(folder.resolve("a.zip"));
            Path old = Files.createDirectories(folder.resolve("report"));
            Files.writeString(old.resolve("junit.xml"), "old");
            MergeRequest request = new MergeRequest(
                    List.of(blob),
                    Set.of("a"),
                    new MergeRequest.Project(folder, folder.resolve("playwright.config.ts")),
                    new MergeRequest.Command(
                            List.of("/no/such/program"), MergeRequest.Reporters.OURS, Duration.ofSeconds(5)),
                    old);

            NotMerged outcome = WholeReport.merge(request).match(m -> null, n -> n);

            assertThat(outcome.reason()).contains("Cannot start").contains("Install the project's packages first");
            assertThat(old.resolve("junit.xml")).hasContent("old");
            assertThat(folder)
                    .isDirectoryNotContaining(p -> p.getFileName().toString().startsWith(".report-"));
        }
    }
}
