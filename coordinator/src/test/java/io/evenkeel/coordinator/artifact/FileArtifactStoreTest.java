package io.evenkeel.coordinator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the field
class FileArtifactStoreTest extends ArtifactStoreContract {

    @TempDir
    private Path folder;

    @Override
    ArtifactStore store() {
        return new FileArtifactStore(folder);
    }

    @Test
    void whenACrashLeftHalfAFile_thenTheNextStartRemovesIt() throws IOException {
        Path half = Files.createDirectories(folder.resolve("incoming")).resolve("half");
        Files.writeString(half, "half");

        ArtifactStore store = store();
        store.put(hash(new byte[] {1}), new ByteArrayInputStream(new byte[] {1}));

        try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
    }
}
