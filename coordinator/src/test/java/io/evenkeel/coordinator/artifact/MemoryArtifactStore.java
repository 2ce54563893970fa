package io.evenkeel.coordinator.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps contents in memory. Thread-safe. */
public final class MemoryArtifactStore implements ArtifactStore {

    private final Map<Sha256, byte[]> contents = new ConcurrentHashMap<>();

    @Override
    public long put(Sha256 hash, InputStream bytes) {
        byte[] content;
        try {
            content = bytes.readNBytes((int) MOST_BYTES + 1);
        } catch (IOException e) {
            throw new StorageException("The artifact could not be read: " + e.getMessage(), e);
        }
        if (content.length > MOST_BYTES) {
            throw new TooLargeException();
        }
        String got = HexFormat.of().formatHex(Sha256.digest().digest(content));
        if (!got.equals(hash.hex())) {
            throw new WrongContentException(hash, got);
        }
        contents.put(hash, content);
        return content.length;
    }

    @Override
    public Optional<Stored> get(Sha256 hash) {
        return Optional.ofNullable(contents.get(hash))
                .map(content -> new Stored(new ByteArrayInputStream(content), content.length));
    }
}
