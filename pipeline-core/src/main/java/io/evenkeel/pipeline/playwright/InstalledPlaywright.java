package io.evenkeel.pipeline.playwright;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The copy of Playwright a folder uses, found the way Node finds it.
 *
 * <p>Immutable.
 *
 * @param folder installed package, for example {@code node_modules/@playwright/test}
 * @param version what its package.json says
 */
public record InstalledPlaywright(Path folder, PlaywrightVersion version) {

    private static final List<String> PACKAGES =
            List.of("@playwright/test", "playwright", "@playwright/experimental-ct-react");

    /**
     * Looks in {@code node_modules} of the folder and of the folders above it.
     *
     * @return empty when there is none; a project with Yarn's Plug'n'Play has none either
     */
    public static Optional<InstalledPlaywright> find(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            for (String name : PACKAGES) {
                Optional<InstalledPlaywright> found = read(at.resolve("node_modules/" + name));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether the folder, or one above it, is installed with Plug'n'Play, where packages lie in zip files. */
    public static boolean isPlugAndPlay(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".pnp.cjs"))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<InstalledPlaywright> read(Path folder) {
        Path manifest = folder.resolve("package.json");
        if (!Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        try {
            String version = new ObjectMapper()
                    .readTree(Files.readString(manifest))
                    .path("version")
                    .asText();
            return PlaywrightVersion.parse(version).map(v -> new InstalledPlaywright(folder, v));
        } catch (IOException e) {
            return Optional.empty(); // as if it were not installed: the command itself will say what is broken
        }
    }
}
