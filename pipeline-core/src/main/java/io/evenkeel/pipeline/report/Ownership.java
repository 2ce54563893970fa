package io.evenkeel.pipeline.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decides in which blob each test stands.
 *
 * <p>A set-up or teardown stands where it went worst. Another test stands in the first blob that has a result of it; the
 * attempts of further blobs with a result follow there as retries. Blobs that left the test to another executor, or saw
 * it only interrupted or skipped, lose it to one that knows more. Immutable.
 */
final class Ownership {

    private record Owner(int blob, Set<Integer> pooled) {}

    private final Map<String, Owner> owners = new HashMap<>();

    Ownership(List<BlobIndex> blobs) {
        Set<String> setups = new HashSet<>();
        blobs.forEach(b -> setups.addAll(b.setups));
        Map<String, BitSetOfBlobs> where = new HashMap<>();
        for (int b = 0; b < blobs.size(); b++) {
            for (String id : blobs.get(b).tests.keySet()) {
                where.computeIfAbsent(id, i -> new BitSetOfBlobs()).add(b);
            }
        }
        where.forEach((id, holders) -> owners.put(id, decide(id, holders.all(), blobs, setups)));
    }

    private static Owner decide(String id, IntStream holders, List<BlobIndex> blobs, Set<String> setups) {
        List<Integer> all = holders.boxed().toList();
        Comparator<Integer> byWeight =
                Comparator.comparingInt(b -> -entry(blobs, b, id).weight());
        if (all.stream().anyMatch(b -> setups.contains(entry(blobs, b, id).project))) {
            int worst = all.stream()
                    .min(byWeight.thenComparingInt(b -> -entry(blobs, b, id).badness()))
                    .orElseThrow();
            return new Owner(worst, Set.of());
        }
        int first = all.stream().min(byWeight).orElseThrow();
        Set<Integer> pooled = new HashSet<>();
        all.stream()
                .filter(b -> b != first && entry(blobs, b, id).weight() == 2)
                .forEach(pooled::add);
        return new Owner(first, Set.copyOf(pooled));
    }

    private static BlobIndex.Entry entry(List<BlobIndex> blobs, int blob, String id) {
        BlobIndex.Entry entry = blobs.get(blob).tests.get(id);
        return entry == null ? new BlobIndex.Entry("") : entry;
    }

    /** Returns whether the test stands in this blob. */
    boolean owns(int blob, String id) {
        Owner owner = owners.get(id);
        return owner != null && owner.blob() == blob;
    }

    /** Returns the blob the attempts of this blob follow in as retries; -1 when they are dropped. */
    int follows(int blob, String id) {
        Owner owner = owners.get(id);
        return owner != null && owner.pooled().contains(blob) ? owner.blob() : -1;
    }

    /** Returns how many tests there are, each once. */
    int tests() {
        return owners.size();
    }

    /** The blobs that hold a test; nearly always one. */
    private static final class BitSetOfBlobs {
        private final java.util.BitSet blobs = new java.util.BitSet();

        void add(int blob) {
            blobs.set(blob);
        }

        IntStream all() {
            return blobs.stream();
        }
    }
}
