package io.evenkeel.pipeline.verify;

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
            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                assertThat(content(copy.root()))
                        .containsOnlyKeys("package.json", "tests/shop.spec.ts", ".env", "tests/test-results/page.ts");
            }
        }

        @Test
        void whenItIsCopied_thenPackagesAreSharedButNotTheCachesOfTools() throws IOException {
            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                Path packages = copy.root().resolve("node_modules");

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
            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                Files.writeString(copy.root().resolve("tests/shop.spec.ts"), "changed");
                Files.writeString(copy.root().resolve("new.txt"), "new");
                Files.writeString(copy.root().resolve("node_modules/.tmp-file"), "new");
            }

            assertThat(content(project)).isEqualTo(before);
            assertThat(nothingIsLeft()).isTrue();
        }

        @Test
        void whenItIsLargerThanAllowed_thenItIsRefusedAndNothingIsLeft() throws IOException {
            WorkCopy.Limits two = new WorkCopy.Limits(2, 1_000_000, Duration.ofMinutes(1));

            assertThatThrownBy(() -> WorkCopy.of(project, copies, two))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("too large");
            assertThat(nothingIsLeft()).isTrue();
        }

        @Test
        void whenTheFolderForCopiesLiesInside_thenItIsRefused() {
            assertThatThrownBy(() -> WorkCopy.of(project, project.resolve("tests"), LIMITS))
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

            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                assertThat(copy.root()
                                .resolve("node_modules/@scope/pages/index.ts")
                                .toRealPath())
                        .isEqualTo(copy.root().toRealPath().resolve("packages/pages/index.ts"));
            }
        }

        @Test
        void whenTheProjectIsAPackageOfARepository_thenTheRepositoryIsWhatIsCopied() throws IOException {
            Path inner = Files.createDirectories(project.resolve("apps/e2e"));

            assertThat(ProjectRoot.around(inner)).isEqualTo(project);
        }
    }

    @Nested
    class GivenSymbolicLinks {

        @Test
        void whenTheyLeadInside_thenTheyLeadIntoTheCopy() throws IOException {
            Files.createSymbolicLink(project.resolve("relative"), Path.of("tests"));
            Files.createSymbolicLink(project.resolve("absolute"), project.resolve("tests"));

            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                Path tests = copy.root().toRealPath().resolve("tests");
                assertThat(copy.root().resolve("relative").toRealPath()).isEqualTo(tests);
                assertThat(copy.root().resolve("absolute").toRealPath()).isEqualTo(tests);
            }
        }

        @Test
        void whenTheyLeadOut_thenTheirTargetsSurviveTheCopy() throws IOException {
            Path outside = Files.createDirectory(temp.resolve("outside"));
            Files.writeString(outside.resolve("data.json"), "{}");
            Files.createSymbolicLink(project.resolve("data"), Path.of("../outside"));

            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                assertThat(copy.root().resolve("data/data.json")).hasContent("{}");
            }

            assertThat(outside.resolve("data.json")).hasContent("{}");
        }
    }

    @Nested
    class GivenPatches {

        @Test
        void whenTwoEditOneFile_thenBothAreAppliedAndTheOriginalStays() throws IOException {
            write("tests/two.ts", "ä = one(); b = two();\r\n");
            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                String source = "ä = one(); b = two();\r\n";
                copy.apply(
                        copy.root(),
                        List.of(
                                Patches.replace("tests/two.ts", source, "one()", "first()"),
                                Patches.replace("tests/two.ts", source, "two()", "second()")));

                assertThat(copy.root().resolve("tests/two.ts")).hasContent("ä = first(); b = second();\r\n");
            }
            assertThat(project.resolve("tests/two.ts")).hasContent("ä = one(); b = two();\r\n");
        }

        @Test
        void whenTheSourceChangedSince_thenItIsRefusedAndNothingIsWritten() throws IOException {
            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                assertThatThrownBy(() -> copy.apply(
                                copy.root(),
                                List.of(
                                        Patches.replace("tests/shop.spec.ts", "find('buy')", "find('buy')", "x"),
                                        Patches.replace("package.json", "[]", "[]", "x"))))
                        .hasMessageContaining("changed since the run");
                assertThat(copy.root().resolve("tests/shop.spec.ts")).hasContent("find('buy')");
            }
        }

        @Test
        void whenTheFileLiesOutside_thenItIsRefused() throws IOException {
            Files.writeString(temp.resolve("outside.ts"), "find('buy')");
            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                assertThatThrownBy(() -> copy.apply(
                                copy.root(),
                                List.of(Patches.replace(
                                        temp.resolve("outside.ts").toString(), "find('buy')", "buy", "x"))))
                        .isInstanceOf(IOException.class);
            }
            assertThat(temp.resolve("outside.ts")).hasContent("find('buy')");
        }

        @Test
        void whenTheCheckoutIsReadOnly_thenTheCopyIsPatched() throws IOException {
            project.resolve("tests/shop.spec.ts").toFile().setReadOnly();
            try (WorkCopy copy = WorkCopy.of(project, copies, LIMITS)) {
                copy.apply(
                        copy.root(), List.of(Patches.replace("tests/shop.spec.ts", "find('buy')", "'buy'", "'pay'")));

                assertThat(copy.root().resolve("tests/shop.spec.ts")).hasContent("find('pay')");
            }
        }
    }
}
