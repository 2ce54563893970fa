package io.evenkeel.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteConfig;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkCopyTest {

    @TempDir
    Path folder;

    private Path repository;
    private Path project;

    @BeforeEach
    void layOut() throws IOException {
        repository = folder.toRealPath().resolve("repo");
        project = repository.resolve("apps/e2e");
        write(repository.resolve(".git/HEAD"), "ref: refs/heads/main");
        write(repository.resolve("shared/helper.ts"), "export {}");
        write(repository.resolve("apps/shop/index.html"), "<p>");
        write(repository.resolve("node_modules/a/index.js"), "");
        write(project.resolve("tests/a.spec.ts"), "test");
        write(project.resolve("tests/node_modules/b/index.js"), "");
        write(project.resolve("dist/built.js"), "built");
        write(project.resolve("auth/user.json"), "{}");
        write(project.resolve("test-results/old.txt"), "old");
        write(project.resolve("out/old.txt"), "old");
        Files.createSymbolicLink(project.resolve("inside"), Path.of("dist/built.js"));
        Files.createSymbolicLink(project.resolve("outside"), Path.of("../../shared"));
        Files.createSymbolicLink(project.resolve("dangling"), Path.of("nowhere"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private WorkCopy copy() throws IOException {
        return WorkCopy.make(project, folder.resolve("copy"), List.of(project.resolve("out")));
    }

    @Nested
    class GivenProjectInsideOfRepository {

        @Test
        void whenCopied_thenFilesAreCopiesAndNeighboursStayReachable() throws IOException {
            WorkCopy copy = copy();

            assertThat(copy.project().resolve("tests/a.spec.ts")).hasContent("test");
            assertThat(copy.project().resolve("dist/built.js")).hasContent("built");
            assertThat(copy.project().resolve("../../shared/helper.ts")).exists();
            assertThat(copy.project().resolve("../shop/index.html")).exists();
            assertThat(copy.project().resolve("../../node_modules")).isSymbolicLink();
            assertThat(copy.project().resolve("tests/node_modules")).isSymbolicLink();
            assertThat(copy.root().resolve(".git/HEAD")).exists();
        }

        @Test
        void whenCopyIsWritten_thenOriginalIsUntouched() throws IOException {
            WorkCopy copy = copy();

            Files.writeString(copy.project().resolve("auth/user.json"), "{\"signedIn\":true}");
            Files.writeString(copy.project().resolve("inside"), "changed through the link");

            assertThat(project.resolve("auth/user.json")).hasContent("{}");
            assertThat(project.resolve("dist/built.js")).hasContent("built");
        }

        @Test
        void whenCopied_thenResultsOfEarlierRunsAreLeftOut() throws IOException {
            WorkCopy copy = copy();

            assertThat(copy.project().resolve("test-results")).doesNotExist();
            assertThat(copy.project().resolve("out")).doesNotExist();
        }

        @Test
        void whenPathIsMapped_thenBothWaysFit() throws IOException {
            WorkCopy copy = copy();
            Path spec = copy.project().resolve("tests/a.spec.ts");

            assertThat(copy.original(spec)).isEqualTo(project.resolve("tests/a.spec.ts"));
            assertThat(copy.copied(project.resolve("tests/a.spec.ts"))).isEqualTo(spec);
            assertThat(copy.original(Path.of("/usr/bin/node"))).isEqualTo(Path.of("/usr/bin/node"));
        }
    }

    @Test
    void whenTargetLiesInTheProject_thenItIsRefusedBecauseTestsWouldBeFoundTwice() {
        assertThatThrownBy(() -> WorkCopy.make(project, project.resolve("copy"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whenWorkspaceIsClosed_thenResultsStayAndNothingBehindALinkIsDeleted() throws IOException {
        Suite suite = new Suite(
                new SuiteConfig("1.65.1", "playwright.config.ts", project.toString(), 1, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        Path evenkeel = project.resolve(".evenkeel");
        RunCommand command = RunCommand.of(project.resolve("tests"), "npm", "test");
        Path copied;
        try (ExecutorWorkspace place = ExecutorWorkspace.make(project, evenkeel, "one", "PORT", suite)) {
            copied = place.command(command).folder();
            assertThat(copied.resolve("a.spec.ts")).exists();
            assertThat(place.command(command).environment()).containsKeys("PORT", "PLAYWRIGHT_HTML_OUTPUT_DIR");
            assertThat(place.suite(suite).config().rootDir())
                    .isEqualTo(copied.resolveSibling("").toString());
            assertThat(place.options()).containsExactly("--output=" + evenkeel.resolve("local/one/test-results"));
            assertThat(place.original(copied.resolve("a.spec.ts"))).isEqualTo(project.resolve("tests/a.spec.ts"));
        }

        assertThat(copied).doesNotExist();
        assertThat(evenkeel.resolve("local/one")).exists();
        assertThat(repository.resolve("shared/helper.ts")).exists();
        assertThat(repository.resolve("node_modules/a/index.js")).exists();
    }
}
