package io.evenkeel.flaky.signature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups failure signatures that differ by a word or two into clusters.
 *
 * <p>A known fingerprint costs one look-up. A new one is compared by MinHash (Broder 1997): 64 hashes over the 4-grams of its parts,
 * banded 16 x 4, so pairs of similarity 0.8 meet with probability 0.9998 and pairs of 0.3 with 0.12; it joins the most similar cluster at an
 * estimated 0.8 or more. Never joined: different categories; and both another frame and another exception or matcher.
 *
 * <p>Bounded: after {@value #MOST_CLUSTERS} clusters and {@value #MOST_FINGERPRINTS} fingerprints new signatures stay by themselves and are
 * not remembered. Mutable; one thread.
 */
public final class SignatureIndex {

    /** Most clusters that new signatures are compared with. */
    public static final int MOST_CLUSTERS = 20_000;

    /** Most fingerprints remembered. */
    public static final int MOST_FINGERPRINTS = 100_000;

    private static final double JOIN = 0.8;
    private static final int HASHES = 64;
    private static final int BANDS = 16;
    private static final int ROWS = HASHES / BANDS;
    private static final int GRAM = 4;

    private record Cluster(FailureSignature first, int[] sketch) {}

    private final Map<String, String> clusterOf = new HashMap<>();
    private final List<Cluster> clusters = new ArrayList<>();
    private final Map<Long, List<Cluster>> byBand = new HashMap<>();

    /** Returns the cluster of the signature: the fingerprint of the cluster's first member. */
    public String cluster(FailureSignature signature) {
        String known = clusterOf.get(signature.fingerprint());
        if (known != null) {
            return known;
        }
        int[] sketch = sketch(signature);
        Cluster nearest = nearest(signature, sketch);
        String cluster =
                nearest == null ? signature.fingerprint() : nearest.first().fingerprint();
        if (clusterOf.size() < MOST_FINGERPRINTS) {
            clusterOf.put(signature.fingerprint(), cluster);
        }
        if (nearest == null && clusters.size() < MOST_CLUSTERS) {
            add(new Cluster(signature, sketch));
        }
        return cluster;
    }

    /** Returns the number of clusters. */
    public int size() {
        return clusters.size();
    }

    private void add(Cluster cluster) {
        clusters.add(cluster);
        for (int band = 0; band < BANDS; band++) {
            byBand.computeIfAbsent(bandKey(cluster.sketch(), band), key -> new ArrayList<>(1))
                    .add(cluster);
        }
    }

    private @Nullable Cluster nearest(FailureSignature signature, int[] sketch) {
        Set<Cluster> seen = new HashSet<>();
        Cluster best = null;
        double bestSimilarity = JOIN;
        for (int band = 0; band < BANDS; band++) {
            for (Cluster other : byBand.getOrDefault(bandKey(sketch, band), List.of())) {
                if (seen.add(other) && mayJoin(signature, other.first())) {
                    double similarity = similarity(sketch, other.sketch());
                    if (similarity >= bestSimilarity && (best == null || similarity > bestSimilarity)) {
                        best = other;
                        bestSimilarity = similarity;
                    }
                }
            }
        }
        return best;
    }

    private static boolean mayJoin(FailureSignature one, FailureSignature other) {
        return one.category() == other.category()
                && (one.frame().equals(other.frame()) || kind(one).equals(kind(other)));
    }

    /** The exception or matcher: what stands before the first colon or bracket. */
    private static String kind(FailureSignature signature) {
        String headline = signature.headline();
        int end = 0;
        while (end < headline.length() && ":( ".indexOf(headline.charAt(end)) < 0) {
            end++;
        }
        return headline.substring(0, end);
    }

    private static double similarity(int[] one, int[] other) {
        int same = 0;
        for (int i = 0; i < HASHES; i++) {
            same += one[i] == other[i] ? 1 : 0;
        }
        return (double) same / HASHES;
    }

    private static int[] sketch(FailureSignature signature) {
        String text = signature.headline() + '\n' + signature.subject() + '\n' + signature.frame();
        int[] smallest = new int[HASHES];
        Arrays.fill(smallest, Integer.MAX_VALUE);
        for (int at = 0; at + GRAM <= Math.max(GRAM, text.length()); at++) {
            long gram = gram(text, at);
            for (int i = 0; i < HASHES; i++) {
                int hash = (int) (mix(gram + 0x9E3779B97F4A7C15L * (i + 1)) >>> 33);
                smallest[i] = Math.min(smallest[i], hash);
            }
        }
        return smallest;
    }

    private static long gram(String text, int at) {
        long gram = 0;
        for (int i = at; i < at + GRAM; i++) {
            gram = gram << 16 | (i < text.length() ? text.charAt(i) : 0);
        }
        return gram;
    }

    private static long bandKey(int[] sketch, int band) {
        long key = band;
        for (int row = 0; row < ROWS; row++) {
            key = mix(key * 31 + sketch[band * ROWS + row]);
        }
        return key;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
