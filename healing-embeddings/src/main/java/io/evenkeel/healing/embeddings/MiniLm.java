package io.evenkeel.healing.embeddings;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The model all-MiniLM-L6-v2, quantized: 384 dimensions, English. */
final class MiniLm {

    /** Tells where it unpacks what; kept, because the level of a logger that nobody holds is forgotten. */
    private static final Logger TALKATIVE = Logger.getLogger("ai.djl");

    private static final String CACHE = ".djl.ai";

    private MiniLm() {}

    /**
     * Loads the model out of the jar this class comes from. Its native libraries are unpacked to the folder of temporary files and to a
     * cache below the home folder ({@code .djl.ai}, or what {@code DJL_CACHE_DIR} says).
     *
     * @throws IllegalStateException if a native library cannot be unpacked or does not run here
     */
    static EmbeddingModel load() {
        // Unless told not to, DJL asks servers in the network what machine this is and for libraries that fit its
        // graphics card.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        TALKATIVE.setLevel(Level.WARNING);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(MiniLm.class.getClassLoader()); // the model is looked up there
        try {
            EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
            if (model.embed("Sign in").content().vector().length == 0) {
                throw new IllegalStateException("The model gives no vector.");
            }
            return model;
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(reason(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Returns what is at the bottom of it and what to do, in one line. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return "The model does not run here (" + root.getClass().getSimpleName() + ": " + message
                + "). It needs Linux with glibc or Windows on x64, or Linux or macOS on arm64, and unpacks libraries into "
                + System.getProperty("java.io.tmpdir") + " and " + CACHE
                + " in the home folder, where writing and running"
                + " them must be allowed; JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER and DJL_CACHE_DIR=FOLDER name others.";
    }
}
