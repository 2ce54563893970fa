package io.evenkeel.pipeline.ai;

import io.evenkeel.healing.Adviser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The optional jar with a model that compares what texts mean.
 *
 * <p>One thread. Nothing of it is loaded before a question needs it.
 */
public final class EmbeddingsJar {

    /** Name under which a release has it. */
    public static final String NAME = "evenkeel-embeddings.jar";

    /** What its manifest calls it. */
    private static final String TITLE = "Evenkeel embeddings";

    private final Path file;
    private @Nullable Adviser loaded;

    private EmbeddingsJar(Path file) {
        this.file = file;
    }

    /**
     * Takes a file that somebody named.
     *
     * @param version of this program; empty if that is not known, then every one fits
     * @throws IllegalArgumentException if it is not there, not this jar or of another release, with what to do
     */
    public static EmbeddingsJar of(Path file, String version) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no such file. Download " + NAME + " of the release.");
        }
        Attributes about = about(file);
        if (!TITLE.equals(about.getValue(Attributes.Name.IMPLEMENTATION_TITLE))) {
            throw new IllegalArgumentException("it is another jar. Name " + NAME + " of the release.");
        }
        String its = String.valueOf(about.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
        if (!version.isEmpty() && !version.equals(its)) {
            throw new IllegalArgumentException("it is of version " + its + ", this program of " + version
                    + ". Download both of the same release.");
        }
        return new EmbeddingsJar(file);
    }

    private static Attributes about(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "it is damaged or no jar (" + e.getMessage() + "). Download " + NAME + " again.", e);
        }
    }

    /**
     * Returns the adviser in the jar, which is loaded when it is first needed: when the words of the texts do not tell which candidate is
     * meant. Should it not run here, that is said once and it is silent from then on. One thread.
     *
     * @param warn for the line that says so
     */
    public Adviser adviser(Consumer<String> warn) {
        return new LazyAdviser(this::load, warn);
    }

    /** A native library is loaded once in a process. */
    private Adviser load() {
        try {
            Adviser adviser = loaded == null ? JarLoader.adviser(file) : loaded;
            loaded = adviser;
            return adviser;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
