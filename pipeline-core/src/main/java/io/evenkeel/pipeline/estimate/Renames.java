package io.evenkeel.pipeline.estimate;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which new test is which vanished one under another name.
 *
 * <p>In this order, each vanished test at most once: the same titles and project in another file (moved); the same file and titles
 * in another project; the same own title in the same file and project (a describe block was renamed); similar titles in the same
 * file and project, at least half of the words shared. Pure.
 */
final class Renames {

    /** Share of common words from which two titles mean the same test. */
    private static final double SIMILAR = 0.5;

    /** Pairs compared by words in one file; beyond it only exact rules apply, so a generated file costs no minutes. */
    private static final int MOST_PAIRS = 40_000;

    private final Map<String, String> formerIds = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private Renames() {}

    /** Returns the former id by the id of the new test. */
    static Map<String, String> find(List<KnownTest> added, List<KnownTest> gone) {
        Renames renames = new Renames();
        if (!added.isEmpty() && !gone.isEmpty()) {
            renames.match(added, gone, test -> List.of(test.project(), test.titles()));
            renames.match(added, gone, test -> List.of(test.file(), test.titles()));
            renames.match(added, gone, test -> List.of(test.project(), test.file(), ownTitle(test)));
            renames.matchSimilar(added, gone);
        }
        return Map.copyOf(renames.formerIds);
    }

    private void match(List<KnownTest> added, List<KnownTest> gone, Function<KnownTest, Object> key) {
        Map<Object, Deque<KnownTest>> byKey = new HashMap<>();
        open(gone)
                .forEach(test -> byKey.computeIfAbsent(key.apply(test), any -> new ArrayDeque<>())
                        .add(test));
        for (KnownTest test : added) {
            Deque<KnownTest> candidates = byKey.get(key.apply(test));
            if (candidates != null && !candidates.isEmpty() && !formerIds.containsKey(test.id())) {
                pair(test, candidates.remove());
            }
        }
    }

    private void matchSimilar(List<KnownTest> added, List<KnownTest> gone) {
        Map<List<String>, List<KnownTest>> goneByFile = byFile(open(gone));
        byFile(added.stream().filter(test -> !formerIds.containsKey(test.id()))).forEach((file, tests) -> {
            List<KnownTest> candidates = goneByFile.getOrDefault(file, List.of());
            if ((long) tests.size() * candidates.size() <= MOST_PAIRS) {
                tests.forEach(test -> mostSimilar(test, candidates));
            }
        });
    }

    private void mostSimilar(KnownTest test, List<KnownTest> candidates) {
        Set<String> words = words(test);
        record Scored(KnownTest candidate, double similarity) {}
        candidates.stream()
                .filter(candidate -> !used.contains(candidate.id()))
                .map(candidate -> new Scored(candidate, jaccard(words, words(candidate))))
                .filter(scored -> scored.similarity() >= SIMILAR)
                .max(Comparator.comparingDouble(Scored::similarity)
                        .thenComparing(scored -> scored.candidate().id(), Comparator.reverseOrder()))
                .ifPresent(scored -> pair(test, scored.candidate()));
    }

    private void pair(KnownTest test, KnownTest former) {
        formerIds.put(test.id(), former.id());
        used.add(former.id());
    }

    private Stream<KnownTest> open(Collection<KnownTest> gone) {
        return gone.stream().filter(test -> !used.contains(test.id()));
    }

    private static Map<List<String>, List<KnownTest>> byFile(Stream<KnownTest> tests) {
        Map<List<String>, List<KnownTest>> byFile = new LinkedHashMap<>();
        tests.forEach(
                test -> byFile.computeIfAbsent(List.of(test.project(), test.file()), any -> new java.util.ArrayList<>())
                        .add(test));
        return byFile;
    }

    private static String ownTitle(KnownTest test) {
        return test.titles().isEmpty() ? "" : test.titles().get(test.titles().size() - 1);
    }

    private static Set<String> words(KnownTest test) {
        Set<String> words = new HashSet<>();
        for (String title : test.titles()) {
            for (String word : title.toLowerCase(java.util.Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    private static double jaccard(Set<String> one, Set<String> other) {
        long common = one.stream().filter(other::contains).count();
        long all = one.size() + other.size() - common;
        return all == 0 ? 0 : (double) common / all;
    }
}
