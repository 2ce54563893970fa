package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Ranks candidates with one model.
 *
 * <p>Listwise softmax with an explicit <em>none</em> over linear scores (Luce 1959; Cao et al., "Learning to rank: from pairwise to
 * listwise approach", ICML 2007). Cost: signals times candidates. Immutable and thread-safe.
 *
 * @param signals the signals the model was trained with, in their order
 * @param weights the model
 */
public record Matcher(List<Signal> signals, Weights weights) {

    public Matcher {
        signals = List.copyOf(signals);
    }

    /**
     * Ranks the candidates by how likely each is the element of the past.
     *
     * @param old the element of the past, or what is known of it from the locator
     * @param candidates in document order
     * @param others indices of candidates that surely are other elements of the past (see {@link
     *     io.evenkeel.healing.reference.Inventory}); the rest is compared as if they were not there, and they come last, with 0
     */
    public Ranking rank(Fingerprint old, List<Fingerprint> candidates, Set<Integer> others) {
        if (candidates.isEmpty()) {
            return Ranking.EMPTY;
        }
        List<Integer> rivals = IntStream.range(0, candidates.size())
                .filter(i -> !others.contains(i))
                .boxed()
                .toList();
        Features features =
                Features.of(signals, old, rivals.stream().map(candidates::get).toList());
        double[] probabilities = weights.probabilities(features);
        List<Integer> order = IntStream.range(0, rivals.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -probabilities[i])
                        .thenComparingInt(i -> i))
                .toList();
        List<Candidate> ranked = new ArrayList<>();
        for (int i : order) {
            List<Share> shares = ranked.size() < 8 ? shares(features, i) : List.of();
            int index = rivals.get(i);
            ranked.add(new Candidate(index, candidates.get(index), probabilities[i], shares));
        }
        for (int other : new TreeSet<>(others)) {
            ranked.add(new Candidate(other, candidates.get(other), 0, List.of()));
        }
        double confidence = weights.calibration().apply(confidence(ranked));
        return new Ranking(
                ranked,
                probabilities[rivals.size()],
                confidence,
                weights.calibration().tier(confidence));
    }

    /**
     * Returns the raw probability of the first candidate together with its direct parent and children, which an action also reaches.
     *
     * @param ranked best first, at least one
     */
    public static double confidence(List<Candidate> ranked) {
        Fingerprint first = ranked.get(0).element();
        double sum = ranked.get(0).probability();
        for (Candidate candidate : ranked.subList(1, Math.min(ranked.size(), 8))) {
            sum += Features.related(first, candidate.element()) ? candidate.probability() : 0;
        }
        return Math.min(1, sum);
    }

    private List<Share> shares(Features features, int i) {
        double[] contributions = weights.shares(features, i, signals);
        List<Share> shares = new ArrayList<>();
        for (int s = 0; s < signals.size(); s++) {
            Signal signal = signals.get(s);
            shares.add(new Share(signal.name(), signal.strategy(), features.value(i, s), contributions[s]));
        }
        shares.sort(Comparator.comparingDouble((Share s) -> -s.contribution()));
        return shares;
    }
}
