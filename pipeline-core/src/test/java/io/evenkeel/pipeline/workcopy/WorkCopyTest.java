package io.evenkeel.pipeline.workcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkCopyTest {

    private static final WorkCopy.Limits LIMITS = WorkCopy.Limits.within(Duration.ofMinutes(1));

    @TempDir
    Path temp;

    private Path project;
    private Path copies;

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectory(temp.resolve("project")).toRealPath();
        copies = Files.createDirectory(temp.resolve("copies"));
        write("package.json", "{}");
        write("tests/shop.spec.ts", "find('buy')");
        write(".env", "SECRET=1");
        write("node_modules/lib/index.js", "lib");
        write("node_modules/@scope/lib/index.js", "scoped");
        write("node_modules/.cache/x", "cache");
        write(".git/HEAD", "ref: refs/heads/main");
        write("test-results/old/trace.zip", "old");
        write("tests/test-results/page.ts", "a page object of that name");
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    private boolean nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(copies)) {
            return files.findAny().isEmpty();
        }
    }

    @Nested
    class GivenAProject {

        @Test
        void whenItIsCopied_thenSourcesAndSettingsAreThereAndOutputIsNot() throws IOException {
            try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
                assertThat(content(copy.folder()))
                        .containsOnlyKeys("package.json", "tests/shop.spec.ts", ".env", "tests/test-results/page.ts");
            }
        }

        @Test
        void whenItIsCopied_thenPackagesAreSharedButNotTheCachesOfTools() throws IOException {
            try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
                Path packages = copy.folder().resolve("node_modules");

                assertThat(packages.resolve("lib/index.js").toRealPath())
                        .isEqualTo(project.resolve("node_modules/lib/index.js"));
                assertThat(packages.resolve("@scope/lib/index.js").toRealPath())
                        .isEqualTo(project.resolve("node_modules/@scope/lib/index.js"));
                assertThat(packages.resolve(".cache")).doesNotExist();
            }
        }

        @Test
        void whenTheCopyIsWrittenToAndClosed_thenTheProjectIsAsBeforeAndNothingIsLeft() throws IOException {
            Map<String, String> before = content(project);
            try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
                Files.writeString(copy.folder().resolve("tests/shop.spec.ts"), "changed");
                Files.writeString(copy.folder().resolve("new.txt"), "new");
                Files.writeString(copy.folder().resolve("node_modules/.tmp-file"), "new");
            }

            assertThat(content(project)).isEqualTo(before);
            assertThat(nothingIsLeft()).isTrue();
        }

        @Test
        void whenItIsCopiedAgain_thenItLiesWhereTheFirstCopyLayUnlessThatIsInUse() throws IOException {
            Path first;
            try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS);
                    WorkCopy other = WorkCopy.ofTree(project, copies, LIMITS)) {
                first = copy.folder();
                assertThat(other.folder()).isNotEqualTo(first);
            }

            try (WorkCopy again = WorkCopy.ofTree(project, copies, LIMITS)) {
                assertThat(again.folder()).isEqualTo(first);
            }
        }

        @Test
        void whenItIsLargerThanAllowed_thenItIsRefusedAndNothingIsLeft() throws IOException {
            WorkCopy.Limits two = new WorkCopy.Limits(2, 1_000_000, Duration.ofMinutes(1));

            assertThatThrownBy(() -> WorkCopy.ofTree(project, copies, two))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("too large");
            assertThat(nothingIsLeft()).isTrue();
        }

        @Test
        void whenTheFolderForCopiesLiesInside_thenItIsRefused() {
            assertThatThrownBy(() -> WorkCopy.ofTree(project, project.resolve("tests"), LIMITS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("inside");
        }
    }

    @Nested
    class GivenAMonorepo {

        @Test
        void whenAPackageIsALinkIntoTheRepository_thenTheCopyUsesTheCopiedPackage() throws IOException {
            write("packages/pages/index.ts", "find('buy')");
            Files.createSymbolicLink(project.resolve("node_modules/@scope/pages"), Path.of("../../packages/pages"));

            try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
                assertThat(copy.folder()
                                .resolve("node_modules/@scope/pages/index.ts")
                                .toRealPath())
                        .isEqualTo(copy.folder().toRealPath().resolve("packages/pages/index.ts"));
            }
        }
    }

    @Nested
    class GivenSymbolicLinks {

        @Test
        void whenTheyLeadInside_thenTheyLeadIntoTheCopy() throws IOException {
            Files.createSymbolicLink(project.resolve("relative"), Path.of("tests"));
            Files.createSymbolicLink(project.resolve("absolute"), project.resolve("tests"));

            try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
                Path tests = copy.folder().toRealPath().resolve("tests");
                assertThat(copy.folder().resolve("relative").toRealPath()).isEqualTo(tests);
                assertThat(copy.folder().resolve("absolute").toRealPath()).isEqualTo(tests);
            }
        }

        @Test
        void whenTheyLeadOut_thenTheirTargetsSurviveTheCopy() throws IOException {
            Path outside = Files.createDirectory(temp.resolve("outside"));
            Files.writeString(outside.resolve("data.json"), "{}");
            Files.createSymbolicLink(project.resolve("data"), Path.of("../outside"));

            try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
                assertThat(copy.folder().resolve("data/data.json")).hasContent("{}");
            }

            assertThat(outside.resolve("data.json")).hasContent("{}");
        }
    }

    @Nested
    class GivenProjectInsideOfRepository {

        private Path repository;
        private Path inner;

        @BeforeEach
        void layOutTheRepository() throws IOException {
            repository = project;
            write("shared/helper.ts", "export {}");
            write("apps/shop/index.html", "<p>");
            write("apps/e2e/package.json", "{}");
            write("apps/e2e/tests/a.spec.ts", "test");
            write("apps/e2e/tests/node_modules/b/index.js", "");
            write("apps/e2e/dist/built.js", "built");
            write("apps/e2e/auth/user.json", "{}");
            write("apps/e2e/test-results/old.txt", "old");
            write("apps/e2e/out/old.txt", "old");
            inner = repository.resolve("apps/e2e");
            Files.createSymbolicLink(inner.resolve("inside"), Path.of("dist/built.js"));
            Files.createSymbolicLink(inner.resolve("outside"), Path.of("../../shared"));
            Files.createSymbolicLink(inner.resolve("dangling"), Path.of("nowhere"));
        }

        private WorkCopy copy() throws IOException {
            return WorkCopy.ofProject(inner, copies, List.of(inner.resolve("out")), LIMITS);
        }

        @Test
        void whenCopied_thenFilesAreCopiesAndNeighboursStayReachable() throws IOException {
            try (WorkCopy copy = copy()) {
                Path at = copy.folder();

                assertThat(at.resolve("tests/a.spec.ts")).hasContent("test");
                assertThat(at.resolve("dist/built.js")).hasContent("built");
                assertThat(at.resolve("outside/helper.ts")).exists();
                assertThat(at.resolve("../../shared/helper.ts")).exists();
                assertThat(at.resolve("../shop/index.html")).exists();
                assertThat(at.resolve("../../node_modules")).isSymbolicLink();
                assertThat(at.resolve("tests/node_modules/b/index.js")).exists();
                assertThat(at.resolve("../../.git/HEAD")).exists();
            }
        }

        @Test
        void whenTheProjectIsTheRepository_thenGitCanBeAsked() throws IOException {
            try (WorkCopy copy = WorkCopy.ofProject(repository, copies, List.of(), LIMITS)) {
                assertThat(copy.folder().resolve(".git")).isSymbolicLink();
                assertThat(copy.folder().resolve(".git/HEAD")).exists();
            }
            assertThat(repository.resolve(".git/HEAD")).exists();
        }

        @Test
        void whenCopyIsWritten_thenOriginalIsUntouched() throws IOException {
            try (WorkCopy copy = copy()) {
                Files.writeString(copy.folder().resolve("auth/user.json"), "{\"signedIn\":true}");
                Files.writeString(copy.folder().resolve("inside"), "changed through the link");
            }

            assertThat(inner.resolve("auth/user.json")).hasContent("{}");
            assertThat(inner.resolve("dist/built.js")).hasContent("built");
        }

        @Test
        void whenCopied_thenResultsOfEarlierRunsAreLeftOut() throws IOException {
            try (WorkCopy copy = copy()) {
                assertThat(copy.folder().resolve("test-results")).doesNotExist();
                assertThat(copy.folder().resolve("out")).doesNotExist();
            }
        }

        @Test
        void whenPathIsMapped_thenBothWaysFit() throws IOException {
            try (WorkCopy copy = copy()) {
                Path spec = copy.folder().resolve("tests/a.spec.ts");

                assertThat(copy.original(spec)).isEqualTo(inner.resolve("tests/a.spec.ts"));
                assertThat(copy.copied(inner.resolve("tests/a.spec.ts"))).isEqualTo(spec);
                assertThat(copy.original(Path.of("/usr/bin/node"))).isEqualTo(Path.of("/usr/bin/node"));
            }
        }

        @Test
        void whenCopiesLieInTheProject_thenItIsRefusedBecauseTestsWouldBeFoundTwice() {
            assertThatThrownBy(() -> WorkCopy.ofProject(inner, inner.resolve("tests"), List.of(), LIMITS))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void whenClosed_thenNothingBehindALinkIsDeletedAndNothingIsLeft() throws IOException {
            copy().close();

            assertThat(repository.resolve("shared/helper.ts")).exists();
            assertThat(repository.resolve("node_modules/lib/index.js")).exists();
            assertThat(nothingIsLeft()).isTrue();
        }
    }
}
