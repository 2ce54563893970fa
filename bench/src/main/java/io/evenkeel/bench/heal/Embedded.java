package io.evenkeel.bench.heal;

import io.evenkeel.healing.Advised;
import io.evenkeel.healing.Adviser;
import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.synthesis.LocatorWording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks an adviser about answers in doubt, as a heal does, and counts what came of it. One thread. */
final class Embedded {

    private final Adviser adviser;
    private final List<Adviser.Advice> advices = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private int inDoubt;

    Embedded(Adviser adviser) {
        this.adviser = adviser;
    }

    /** Returns the answers after the adviser was asked. */
    List<Answered> of(List<Answered> answers) {
        return answers.stream().map(this::of).toList();
    }

    private Answered of(Answered answer) {
        HealCase about = answer.of();
        List<Candidate> candidates = answer.order().stream()
                .map(i -> new Candidate(
                        i, about.candidates().get(i), about.others().contains(i) ? 0 : 1, List.of()))
                .toList();
        Ranking ranking = new Ranking(
                candidates,
                0,
                answer.confidence(),
                Calibration.IDENTITY.withFloor(answer.suggestionFloor()).tier(answer.confidence()));
        long start = CpuClock.nanos();
        Advised advised = Advised.of(ranking, sought(about.old()), List.of(this::asked));
        long spent = answer.nanos() + CpuClock.nanos() - start;
        Ranking now = advised.ranking();
        boolean lifted = now.tier() == Tier.SUGGESTION;
        return new Answered(
                about,
                now.candidates().stream().map(Candidate::index).toList(),
                now.confidence(),
                lifted ? Math.min(now.confidence(), answer.suggestionFloor()) : answer.suggestionFloor(),
                spent);
    }

    private static Advised.Sought sought(Fingerprint old) {
        boolean seen = old.attribute(LocatorWording.ACTION).isEmpty();
        return new Advised.Sought("", "", seen ? Advised.described(old) : Advised.unseen(old));
    }

    private Adviser.Advice asked(Adviser.Question question) {
        inDoubt++;
        long start = System.nanoTime(); // the model works in threads of its own
        Adviser.Advice advice = adviser.ask(question);
        if (!question.wordsTell()) {
            nanos.add(System.nanoTime() - start);
            advices.add(advice);
        }
        return advice;
    }

    /**
     * Returns how often it was asked and what it said since the last time.
     *
     * @param dataset name of what was asked about
     */
    Map<String, Object> counts(String dataset) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("dataset", dataset);
        line.put("inDoubt", inDoubt);
        line.put("asked", advices.size());
        line.put(
                "chosen",
                advices.stream().filter(Adviser.Advice.Chosen.class::isInstance).count());
        line.put(
                "none",
                advices.stream().filter(Adviser.Advice.None.class::isInstance).count());
        List<Long> sorted = nanos.stream().sorted().toList();
        line.put("p50Ms", millis(sorted, 0.5));
        line.put("p95Ms", millis(sorted, 0.95));
        line.put("slowestMs", millis(sorted, 1));
        inDoubt = 0;
        advices.clear();
        nanos.clear();
        return line;
    }

    private static double millis(List<Long> sorted, double quantile) {
        return sorted.isEmpty() ? 0 : Math.round(sorted.get((int) (quantile * (sorted.size() - 1))) / 1e4) / 100.0;
    }
}
