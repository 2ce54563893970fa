package io.evenkeel.pipeline.ai;

import io.evenkeel.healing.Adviser;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Loads a jar that sees the JDK and the port of healing, and nothing else of this program: the libraries it brings never meet other
 * versions of themselves.
 */
final class JarLoader {

    private static final String PORT = "io.evenkeel.healing.";

    /** The jar's own; it must not come from the program, where a test may have it. */
    private static final String OWN = "io.evenkeel.healing.embeddings.";

    private JarLoader() {}

    /**
     * Returns the first adviser a jar offers. Its classes stay loaded as long as the adviser is used, so the loader is not closed.
     *
     * @throws IOException if it offers none
     */
    static Adviser adviser(Path jar) throws IOException {
        URLClassLoader loader =
                new URLClassLoader("embeddings", new URL[] {jar.toUri().toURL()}, new Port());
        return ServiceLoader.load(Adviser.class, loader)
                .findFirst()
                .orElseThrow(() -> new IOException("The jar (" + jar + ") offers no adviser."));
    }

    private static final class Port extends ClassLoader {

        Port() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(PORT) && !name.startsWith(OWN)) {
                return Class.forName(name, false, Adviser.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}
