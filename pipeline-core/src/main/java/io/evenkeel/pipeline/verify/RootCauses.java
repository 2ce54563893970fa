package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.Patch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts proposals that repair the same definition together, so that a cause in many tests is healed and proven once. */
public final class RootCauses {

    private RootCauses() {}

    /**
     * A proposal for one failing test.
     *
     * @param test the test
     * @param patch the edit that was proposed for it
     * @param confidence calibrated, in [0, 1]
     */
    public record Proposal(BrokenTest test, Patch patch, double confidence) {}

    /**
     * One cause.
     *
     * @param patch the edit: of several different ones for the same place, that of the most confident proposal
     * @param tests those it was proposed for, most confident first
     * @param contested whether other proposals wanted another edit at the same place: no more than a suggestion then
     */
    public record RootCause(Patch patch, List<BrokenTest> tests, Contested contested) {
        public RootCause {
            tests = List.copyOf(tests);
        }
    }

    /** Whether proposals agree. */
    public enum Contested {
        AGREED,
        CONTESTED
    }

    /** Returns the causes in the order in which they first appear. */
    public static List<RootCause> of(List<Proposal> proposals) {
        Map<List<Object>, List<Proposal>> byPlace = new LinkedHashMap<>();
        for (Proposal proposal : proposals) {
            List<Object> place =
                    List.of(proposal.patch().file(), proposal.patch().range());
            byPlace.computeIfAbsent(place, p -> new ArrayList<>()).add(proposal);
        }
        return byPlace.values().stream().map(RootCauses::cause).toList();
    }

    private static RootCause cause(List<Proposal> samePlace) {
        List<Proposal> byConfidence = samePlace.stream()
                .sorted((a, b) -> Double.compare(b.confidence(), a.confidence()))
                .toList();
        Set<String> edits = new LinkedHashSet<>();
        Map<String, BrokenTest> tests = new LinkedHashMap<>();
        for (Proposal proposal : byConfidence) {
            edits.add(proposal.patch().after());
            tests.putIfAbsent(proposal.test().id(), proposal.test());
        }
        return new RootCause(
                byConfidence.get(0).patch(),
                List.copyOf(tests.values()),
                edits.size() > 1 ? Contested.CONTESTED : Contested.AGREED);
    }
}
