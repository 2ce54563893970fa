package io.evenkeel.coordinator.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ArtifactStore} must do. */
abstract class ArtifactStoreContract {

    private static final byte[] CONTENT = "a trace".getBytes(StandardCharsets.UTF_8);
    private static final Sha256 HASH = hash(CONTENT);

    abstract ArtifactStore store();

    @Test
    void whenContentIsPut_thenItIsReadBack() throws IOException {
        ArtifactStore store = store();

        long size = store.put(HASH, new ByteArrayInputStream(CONTENT));

        ArtifactStore.Stored stored = store.get(HASH).orElseThrow();
        try (InputStream bytes = stored.bytes()) {
            assertThat(bytes.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(stored.size()).isEqualTo(size).isEqualTo(CONTENT.length);
    }

    @Test
    void whenTheHashDiffers_thenNothingIsKept() {
        ArtifactStore store = store();
        Sha256 other = hash("something else".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> store.put(other, new ByteArrayInputStream(CONTENT)))
                .isInstanceOf(ArtifactStore.WrongContentException.class)
                .hasMessageContaining(HASH.hex());
        assertThat(store.get(other)).isEmpty();
        assertThat(store.get(HASH)).isEmpty();
    }

    @Test
    void whenItIsTooLarge_thenNothingIsKept() {
        ArtifactStore store = store();

        assertThatThrownBy(() -> store.put(HASH, new Endless())).isInstanceOf(ArtifactStore.TooLargeException.class);
        assertThat(store.get(HASH)).isEmpty();
    }

    @Test
    void whenManyPutTheSameAtOnce_thenAllSucceed() {
        ArtifactStore store = store();

        List<CompletableFuture<Long>> puts = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> store.put(HASH, new ByteArrayInputStream(CONTENT))))
                .toList();

        assertThat(puts).allSatisfy(put -> assertThat(put.join()).isEqualTo(CONTENT.length));
        assertThat(store.get(HASH)).isPresent();
    }

    static Sha256 hash(byte[] content) {
        return new Sha256(Hashing.sha256().hashBytes(content).toString());
    }

    /** Never ends. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length;
        }
    }
}
