package io.evenkeel.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    @Nested
    class GivenTheNameOfASpool {

        @Test
        void whenItIsAShare_thenRunAndShardAreInIt() {
            SpoolId id = WorkFolder.spool("github-9_s1-2", 13, "executor-13", Instant.EPOCH);

            assertThat(WorkFolder.runOf(id.name())).isEqualTo("github-9_s1-2");
            assertThat(WorkFolder.shardOf(id.name())).isEqualTo(13);
            assertThat(WorkFolder.shardOf(id.part(2).name())).isEqualTo(13);
            assertThat(WorkFolder.runOf(id.part(2).name())).isEqualTo("github-9_s1-2");
        }

        @Test
        void whenAShareIsBegunAgain_thenItsNameIsNewAndTheShareIsTheSame() {
            Instant begun = Instant.parse("2026-11-21T10:00:00Z");
            SpoolId first = WorkFolder.spool("gitlab-7", 2, "shard-2", begun);
            SpoolId again = WorkFolder.spool("gitlab-7", 2, "shard-2", begun.plusSeconds(60));
            SpoolId other = WorkFolder.spool("gitlab-7", 22, "shard-22", begun);

            assertThat(again.name()).isNotEqualTo(first.name());
            assertThat(WorkFolder.runOf(again.part(2).name())).isEqualTo("gitlab-7");
            assertThat(WorkFolder.shardOf(again.part(2).name())).isEqualTo(2);
            assertThat(WorkFolder.isSameShare(first.part(3).name(), again.name()))
                    .isTrue();
            assertThat(WorkFolder.isSameShare(first.name(), other.name())).isFalse();
            assertThat(WorkFolder.isSameShare(
                            WorkFolder.healSpool("gitlab-7", 2).name(), first.name()))
                    .isFalse();
        }

        @Test
        void whenAnExecutorHasANameInsteadOfAShare_thenEachStartIsAnotherSpool() {
            Instant begun = Instant.parse("2026-11-21T10:00:00Z");
            SpoolId first = WorkFolder.spool("gitlab-7", "spot.3", begun);
            SpoolId again = WorkFolder.spool("gitlab-7", "spot.3", begun.plusMillis(1));
            SpoolId other = WorkFolder.spool("gitlab-7", "spot.4", begun);

            assertThat(first.executor()).isEqualTo("spot.3");
            assertThat(again.name()).isNotEqualTo(first.name());
            assertThat(WorkFolder.runOf(again.part(2).name())).isEqualTo("gitlab-7");
            assertThat(WorkFolder.shardOf(again.part(2).name())).isZero();
            assertThat(WorkFolder.isSameShare(first.name(), again.name())).isTrue();
            assertThat(WorkFolder.isSameShare(first.name(), other.name())).isFalse();
        }

        @Test
        void whenItHoldsHeals_thenItIsNoExecutors() {
            String name = WorkFolder.healSpool("nightly.3", 2).name();

            assertThat(WorkFolder.isHealSpool(name)).isTrue();
            assertThat(WorkFolder.runOf(name)).isEqualTo("nightly.3");
            assertThat(WorkFolder.isHealSpool(
                            WorkFolder.spool("nightly.3", 1, "x", Instant.EPOCH).name()))
                    .isFalse();
        }

        @Test
        void whenAnotherToolNamedIt_thenTheNameIsTheRun() {
            assertThat(WorkFolder.runOf("by-hand")).isEqualTo("by-hand");
            assertThat(WorkFolder.shardOf("by-hand")).isZero();
        }
    }

    @Nested
    class GivenAFileToWrite {

        @TempDir
        Path folder;

        @Test
        void whenItIsWritten_thenNothingElseIsLeftBehind() throws IOException {
            Path file = folder.resolve("a/b/plan.json");

            WorkFolder.write(file, "one");
            WorkFolder.write(file, "two");

            assertThat(file).hasContent("two");
            try (var files = Files.list(folder.resolve("a/b"))) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Nested
    class GivenAPlaceThatCannotBeWritten {

        @TempDir
        private Path temp;

        @Test
        void whenItIsMade_thenTheReasonOfTheSystemIsSaid() throws IOException {
            Path file = Files.writeString(temp.resolve("file"), "no folder");

            assertThatThrownBy(() -> new WorkFolder(file.resolve("evenkeel")).make())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be written: Not a directory. Make it a writable folder");
        }

        @Test
        void whenTheSystemGivesNoReason_thenTheKindOfFaultIsSaid() throws IOException {
            Path file = Files.writeString(temp.resolve("file"), "no folder");

            assertThatThrownBy(() -> new WorkFolder(file).make())
                    .hasMessageContaining("cannot be written: File Already Exists. Make it");
        }
    }
}
