package io.evenkeel.healing.embeddings;

import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How near two texts are in meaning, with the vectors kept by content.
 *
 * <p>A text takes about 2 ms the first time. Thread-safe.
 */
final class Meanings {

    /** Vectors kept, 1.5 KB each; the oldest is forgotten first. */
    private static final int MOST_KEPT = 4096;

    /** Characters of a text that are looked at: what an element is called by is shorter, and the time grows with the length. */
    private static final int LONGEST = 160;

    private final EmbeddingModel model;
    private final Map<String, float[]> kept = new LinkedHashMap<>();

    Meanings(EmbeddingModel model) {
        this.model = model;
    }

    /** Returns the cosine of the vectors of two texts, in [-1, 1], to three decimals so that a limit is not a matter of rounding. */
    synchronized double likeness(String a, String b) {
        float[] x = vector(plain(a));
        float[] y = vector(plain(b));
        double dot = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            dot += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        return xx == 0 || yy == 0 ? 0 : Math.round(1000 * dot / Math.sqrt(xx * yy)) / 1000.0;
    }

    /** Returns the words as a sentence has them: the words of an identifier apart. */
    private static String plain(String text) {
        String words = text.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replaceAll("[_\\s-]+", " ")
                .strip();
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }

    private float[] vector(String text) {
        float[] known = kept.get(text);
        if (known != null) {
            return known;
        }
        float[] vector = model.embed(text).content().vector();
        if (kept.size() >= MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(text, vector);
        return vector;
    }
}
