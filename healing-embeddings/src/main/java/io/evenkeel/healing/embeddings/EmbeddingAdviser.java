package io.evenkeel.healing.embeddings;

import io.evenkeel.healing.Adviser;
import io.evenkeel.healing.match.Tier;
import java.util.List;
import java.util.Locale;

/**
 * Chooses the candidate whose text means most nearly what the text of the old element meant.
 *
 * <p>It chooses only if that candidate is alike enough and clearly more so than every other one, and another than the ranker's first only
 * where the ranker decides nothing: on labelled pages no change of a suggestion made it better. A candidate that says the opposite is
 * never chosen, because opposites are used alike and so have vectors alike ("next" and "previous": 0.62). If the ranker's first one says
 * the opposite and no other is chosen, it is none of them. English only. Thread-safe.
 */
public final class EmbeddingAdviser implements Adviser {

    /** Least cosine of a choice. What means the same has 0.6 and more, what only belongs to the same topic 0.3 to 0.5. */
    static final double LEAST = 0.6;

    /** Least lead of a choice over every other candidate. */
    static final double LEAD = 0.15;

    /** Cosine of a candidate that cannot be chosen. */
    private static final double EXCLUDED = -1;

    private final Meanings meanings;
    private final Opposites opposites;

    /**
     * Loads the model: about two seconds, and some 200 MB of memory in this process.
     *
     * @throws IllegalStateException if it cannot be loaded
     */
    public EmbeddingAdviser() {
        this(new Meanings(MiniLm.load()), Opposites.shipped());
    }

    EmbeddingAdviser(Meanings meanings, Opposites opposites) {
        this.meanings = meanings;
        this.opposites = opposites;
    }

    @Override
    public String name() {
        return "The embedding";
    }

    @Override
    public Advice ask(Question question) {
        String meant = question.then().text();
        if (meant.isBlank() || question.candidates().isEmpty()) {
            return new Advice.Silent("");
        }
        List<Double> likeness = question.candidates().stream()
                .map(candidate -> likeness(meant, candidate.text()))
                .toList();
        int best = likeness.indexOf(likeness.stream().max(Double::compare).orElse(EXCLUDED));
        double second = EXCLUDED;
        for (int i = 0; i < likeness.size(); i++) {
            second = i == best ? second : Math.max(second, likeness.get(i));
        }
        boolean mayChange = question.alone() == Tier.NONE;
        if (likeness.get(best) >= LEAST && likeness.get(best) - second >= LEAD && (best == 0 || mayChange)) {
            return new Advice.Chosen(best);
        }
        if (opposites.between(meant, question.candidates().get(0).text())) {
            return new Advice.None();
        }
        return new Advice.Silent(String.format(
                Locale.ROOT,
                "The embedding cannot tell: at best %.2f, then %.2f; a choice needs %.2f and a lead of %.2f.",
                Math.max(0, likeness.get(best)),
                Math.max(0, second),
                LEAST,
                LEAD));
    }

    private double likeness(String meant, String text) {
        boolean excluded = text.isBlank() || Opposites.numbersDiffer(meant, text) || opposites.between(meant, text);
        return excluded ? EXCLUDED : meanings.likeness(meant, text);
    }
}
