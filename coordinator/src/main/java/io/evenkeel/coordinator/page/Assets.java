package io.evenkeel.coordinator.page;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Style, script and icon of the pages, under addresses that change with their content. Thread-safe. */
public final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "evenkeel.css", "text/css",
            "evenkeel.js", "text/javascript",
            "htmx.min.js", "text/javascript",
            "icon.svg", "image/svg+xml");

    private static final int HASH = 12;

    private final Map<String, Asset> assets = new HashMap<>();

    /** One file. */
    public record Asset(String type, String hash, byte[] content) {

        public Asset {
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }
    }

    /** Reads the files out of the program. */
    public Assets() {
        TYPES.forEach((name, type) -> {
            byte[] content = read(name);
            String hash = Hashing.sha256().hashBytes(content).toString().substring(0, HASH);
            assets.put(name, new Asset(type, hash, content));
        });
    }

    /** Returns the address of a file, good for ever: another content has another one. */
    public String address(String name) {
        return "/assets/" + find(name).orElseThrow().hash() + "/" + name;
    }

    /** Returns the file with this name. */
    public Optional<Asset> find(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    private static byte[] read(String name) {
        try (InputStream stream = Assets.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The program must contain the page file (" + name + ").");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("A page file could not be read: " + name, e);
        }
    }
}
