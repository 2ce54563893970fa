package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignOfLifeTest {

    @TempDir
    private Path folder;

    @Nested
    class GivenAFile {

        @Test
        void whenTouched_thenItIsThereAndItsTimeMoves() throws Exception {
            Path file = folder.resolve("evenkeel.alive");
            SignOfLife.touch(file.toString());
            assertThat(file).isRegularFile();
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

            SignOfLife.touch(file.toString());

            assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(Instant.EPOCH);
        }

        @Test
        void whenItsFolderIsGone_thenNothingFails() {
            assertThatCode(() -> SignOfLife.touch(
                            folder.resolve("gone/evenkeel.alive").toString()))
                    .doesNotThrowAnyException();
        }
    }
}
