package io.evenkeel.pipeline.host;

import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.host.Publication.Sources;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryPlacesTest {

    @TempDir
    private Path repository;

    private static RunSummary summary() {
        SampleRun run = new SampleRun();
        run.executor("a").selects("one").runs("one", PASSED).endsRun("passed");
        return run.summary();
    }

    private void git() throws Exception {
        Git.init().setDirectory(repository.toFile()).call().close();
    }

    private Path project(String folder, String tests) throws IOException {
        Path project = Files.createDirectories(repository.resolve(folder));
        Path file = project.resolve(tests).resolve("one.spec.ts");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return project;
    }

    @Nested
    class GivenProjectBelowTheRootOfARepository {

        @Test
        void whenItsTestsHaveAFolder_thenItIsNamedFromTheRoot() throws Exception {
            git();
            Path project = project("packages/shop", "e2e");

            assertThat(RepositoryPlaces.testFolder(project, summary())).contains("packages/shop/e2e");
            assertThat(RepositoryPlaces.of(project, summary()))
                    .isEqualTo(new Sources("packages/shop/", "packages/shop/e2e/"));
        }

        @Test
        void whenItsTestsAreNotThere_thenNothingIsSaidOfThem() throws Exception {
            git();
            Path project = Files.createDirectories(repository.resolve("shop"));

            assertThat(RepositoryPlaces.testFolder(project, summary())).isEmpty();
        }
    }

    @Nested
    class GivenProjectAtTheRoot {

        @Test
        void whenItsTestsLieThereToo_thenTheFolderIsEmptyText() throws Exception {
            git();

            assertThat(RepositoryPlaces.testFolder(project("", ""), summary())).contains("");
        }

        @Test
        void whenThereIsNoGit_thenTheProjectIsTheRoot() throws Exception {
            assertThat(RepositoryPlaces.testFolder(project("", "tests"), summary()))
                    .contains("tests");
        }
    }
}
