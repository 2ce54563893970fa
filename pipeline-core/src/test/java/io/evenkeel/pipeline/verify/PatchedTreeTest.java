package io.evenkeel.pipeline.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.workcopy.WorkCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchedTreeTest {

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
        write(".git/HEAD", "ref: refs/heads/main");
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void whenTwoEditOneFile_thenBothAreAppliedAndTheOriginalStays() throws IOException {
        write("tests/two.ts", "ä = one(); b = two();\r\n");
        try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
            String source = "ä = one(); b = two();\r\n";
            new PatchedTree(copy.folder())
                    .apply(
                            copy.folder(),
                            List.of(
                                    Patches.replace("tests/two.ts", source, "one()", "first()"),
                                    Patches.replace("tests/two.ts", source, "two()", "second()")));

            assertThat(copy.folder().resolve("tests/two.ts")).hasContent("ä = first(); b = second();\r\n");
        }
        assertThat(project.resolve("tests/two.ts")).hasContent("ä = one(); b = two();\r\n");
    }

    @Test
    void whenTheSourceChangedSince_thenItIsRefusedAndNothingIsWritten() throws IOException {
        try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
            assertThatThrownBy(() -> new PatchedTree(copy.folder())
                            .apply(
                                    copy.folder(),
                                    List.of(
                                            Patches.replace("tests/shop.spec.ts", "find('buy')", "find('buy')", "x"),
                                            Patches.replace("package.json", "[]", "[]", "x"))))
                    .hasMessageContaining("changed since the run");
            assertThat(copy.folder().resolve("tests/shop.spec.ts")).hasContent("find('buy')");
        }
    }

    @Test
    void whenTheFileLiesOutside_thenItIsRefused() throws IOException {
        Files.writeString(temp.resolve("outside.ts"), "find('buy')");
        try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
            assertThatThrownBy(() -> new PatchedTree(copy.folder())
                            .apply(
                                    copy.folder(),
                                    List.of(Patches.replace(
                                            temp.resolve("outside.ts").toString(), "find('buy')", "buy", "x"))))
                    .isInstanceOf(IOException.class);
        }
        assertThat(temp.resolve("outside.ts")).hasContent("find('buy')");
    }

    @Test
    void whenTheCheckoutIsReadOnly_thenTheCopyIsPatched() throws IOException {
        project.resolve("tests/shop.spec.ts").toFile().setReadOnly();
        try (WorkCopy copy = WorkCopy.ofTree(project, copies, LIMITS)) {
            new PatchedTree(copy.folder())
                    .apply(
                            copy.folder(),
                            List.of(Patches.replace("tests/shop.spec.ts", "find('buy')", "'buy'", "'pay'")));

            assertThat(copy.folder().resolve("tests/shop.spec.ts")).hasContent("find('pay')");
        }
    }

    @Test
    void whenTheProjectIsAPackageOfARepository_thenTheRepositoryIsWhatIsCopied() throws IOException {
        Path inner = Files.createDirectories(project.resolve("apps/e2e"));

        assertThat(ProjectRoot.around(inner)).isEqualTo(project);
    }
}
