package io.evenkeel.coordinator.page;

import java.util.List;

/**
 * One healing event.
 *
 * <p>Immutable.
 *
 * @param subject what was broken, where
 * @param locator the proposal
 * @param decision how sure and why
 * @param proof what the re-runs said, one word or phrase each; empty when none was made
 * @param diff lines of the patch
 */
public record HealCard(Subject subject, Locator locator, Decision decision, List<Proof> proof, List<DiffLine> diff) {

    public HealCard {
        proof = List.copyOf(proof);
        diff = List.copyOf(diff);
    }

    /** What was broken: test, place of the definition, error class. */
    public record Subject(String test, String place, String cause) {}

    /** Locator before and after; {@code after} is empty when none was found. */
    public record Locator(String before, String after, String strategy) {}

    /** Outcome in a word, confidence, reason, and the signals behind it. */
    public record Decision(String outcome, String confidence, String reason, List<Signal> signals) {

        public Decision {
            signals = List.copyOf(signals);
        }
    }

    /** One signal with its share. */
    public record Signal(String name, String share, Bar bar) {}

    /** One re-run. */
    public record Proof(String what, String result) {}

    /** One line of a diff; kind is {@code add}, {@code del}, {@code at} or {@code same}. */
    public record DiffLine(String kind, String text) {}
}
