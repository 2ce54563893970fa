package io.evenkeel.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.workcopy.WorkCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitReleaseTest {

    @TempDir
    Path temp;

    private Path shop;
    private String good = "";

    @BeforeEach
    void twoReleases() throws Exception {
        shop = Files.createDirectory(temp.resolve("shop")).toRealPath();
        Files.createDirectory(temp.resolve("copies"));
        Files.createDirectories(shop.resolve("site"));
        Files.createDirectories(shop.resolve("node_modules"));
        Files.writeString(shop.resolve(".gitignore"), "node_modules\n");
        Files.writeString(shop.resolve("node_modules/package"), "installed");
        Files.writeString(shop.resolve("site/RELEASE"), "1\n");
        Files.writeString(shop.resolve("site/old.html"), "old");
        try (Git git = Git.init().setDirectory(shop.toFile()).call()) {
            good = commit(git);
            Files.writeString(shop.resolve("site/RELEASE"), "2\n");
            Files.delete(shop.resolve("site/old.html"));
            Files.writeString(shop.resolve("site/new.html"), "new");
            commit(git);
        }
    }

    private static String commit(Git git) throws Exception {
        git.add().addFilepattern(".").call();
        git.add().addFilepattern(".").setUpdate(true).call();
        return git.commit()
                .setMessage("release")
                .setAuthor("a", "a@localhost")
                .setCommitter("a", "a@localhost")
                .setSign(false)
                .call()
                .getName();
    }

    private WorkCopy copy() throws Exception {
        return WorkCopy.ofTree(shop, temp.resolve("copies"), WorkCopy.Limits.within(Duration.ofMinutes(1)));
    }

    @Nested
    class GivenAnOlderCommit {

        @Test
        void whenItIsLaidOverACopy_thenTheCopyIsThatReleaseAndTheProjectIsUntouched() throws Exception {
            Files.writeString(shop.resolve("site/RELEASE"), "3, not committed\n");

            try (WorkCopy copy = copy()) {
                assertThat(new GitRelease(shop, good).layOver(copy.folder())).isEmpty();

                assertThat(copy.folder().resolve("site/RELEASE")).hasContent("1");
                assertThat(copy.folder().resolve("site/old.html")).hasContent("old");
                assertThat(copy.folder().resolve("site/new.html")).doesNotExist();
                assertThat(copy.folder().resolve("node_modules/package")).hasContent("installed");
            }
            assertThat(shop.resolve("site/RELEASE")).hasContent("3, not committed");
            assertThat(shop.resolve("site/new.html")).exists();
        }
    }

    @Nested
    class GivenNoOlderRelease {

        @Test
        void whenTheCommitIsNotInTheClone_thenTheReasonSaysWhatToDo() throws Exception {
            try (WorkCopy copy = copy()) {
                assertThat(new GitRelease(shop, "0123456789012345678901234567890123456789").layOver(copy.folder()))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("01234567", "fetch"));
                assertThat(new GitRelease(shop, "no such branch").layOver(copy.folder()))
                        .isPresent();
            }
        }

        @Test
        void whenNothingDiffers_thenThereIsNothingToCompareWith() throws Exception {
            try (WorkCopy copy = copy()) {
                assertThat(new GitRelease(shop, "HEAD").layOver(copy.folder()))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("the one the tests failed on"));
            }
        }

        @Test
        void whenTheProjectIsInNoRepository_thenItSaysSo() throws Exception {
            Path alone = Files.createDirectory(temp.resolve("alone")).toRealPath();

            assertThat(new GitRelease(alone, good).layOver(alone))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("no git repository"));
        }
    }
}
