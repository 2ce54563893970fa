package io.evenkeel.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteConfig;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorWorkspaceTest {

    @TempDir
    Path folder;

    @Test
    void whenWorkspaceIsClosed_thenResultsStayAndNothingBehindALinkIsDeleted() throws IOException {
        Path repository = folder.toRealPath().resolve("repo");
        Path project = repository.resolve("apps/e2e");
        write(repository.resolve(".git/HEAD"));
        write(repository.resolve("shared/helper.ts"));
        write(project.resolve("tests/a.spec.ts"));
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
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "");
    }
}
