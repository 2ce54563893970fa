package io.evenkeel.healing;

import io.evenkeel.healing.classify.Classification;
import io.evenkeel.healing.match.Ranking;
import java.util.List;

/**
 * What was found out about a failure, whatever came of it.
 *
 * <p>Immutable.
 *
 * @param classification why the test failed
 * @param ranking the candidates; empty if none were looked for
 * @param explanation lines for people: every step of the decision with its reason
 */
public record Diagnosis(Classification classification, Ranking ranking, List<String> explanation) {

    public Diagnosis {
        explanation = List.copyOf(explanation);
    }
}
