package io.evenkeel.pipeline.playwright;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Our scripts on disk, where Playwright can load them.
 *
 * <p>Immutable.
 *
 * @param reporter value for {@code PW_TEST_REPORTER}
 * @param preload value for {@code NODE_OPTIONS=--require}
 */
public record Adapters(Path reporter, Path preload) {

    /**
     * Writes the scripts into a folder unless they are there already; several processes may do so at once.
     *
     * @throws IOException when the folder cannot be written
     */
    public static Adapters install(Path folder) throws IOException {
        Files.createDirectories(folder);
        install(folder, "evenkeel-heal.cjs"); // the preload loads it from beside itself
        return new Adapters(install(folder, "evenkeel-reporter.cjs"), install(folder, "evenkeel-preload.cjs"));
    }

    private static Path install(Path folder, String name) throws IOException {
        byte[] script = resource(name);
        Path target = folder.resolve(name).toAbsolutePath();
        if (Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), script)) {
            return target;
        }
        Path temporary = Files.createTempFile(folder, name, ".tmp");
        try {
            Files.write(temporary, script);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return target;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Adapters.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The resource (" + name + ") of " + Adapters.class
                        + " must be on the class path.\nMaybe the jar was built without resources.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
