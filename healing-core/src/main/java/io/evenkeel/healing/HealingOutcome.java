package io.evenkeel.healing;

import java.util.List;
import java.util.function.Function;

/** What came of the attempt to heal one failure. */
public sealed interface HealingOutcome {

    /** Returns the result of the function of this variant. */
    <T> T match(
            Function<Healed, T> healed,
            Function<Ambiguous, T> ambiguous,
            Function<NotFound, T> notFound,
            Function<Refused, T> refused,
            Function<Unsupported, T> unsupported);

    /** Returns what was found out. */
    default Diagnosis diagnosis() {
        return match(
                Healed::diagnosed,
                Ambiguous::diagnosed,
                NotFound::diagnosed,
                Refused::diagnosed,
                Unsupported::diagnosed);
    }

    /** Returns the lower-case word of the variant. */
    default String word() {
        return match(h -> "healed", a -> "ambiguous", n -> "not found", r -> "refused", u -> "unsupported");
    }

    /** One element is it; the heal says with which confidence and what may be done with it. Not verified yet. */
    record Healed(Heal heal, Diagnosis diagnosed) implements HealingOutcome {
        @Override
        public <T> T match(
                Function<Healed, T> healed,
                Function<Ambiguous, T> ambiguous,
                Function<NotFound, T> notFound,
                Function<Refused, T> refused,
                Function<Unsupported, T> unsupported) {
            return healed.apply(this);
        }
    }

    /**
     * Several elements may be it; only a person can choose.
     *
     * @param choices at most eight, best first
     */
    record Ambiguous(List<Heal> choices, Diagnosis diagnosed) implements HealingOutcome {
        public Ambiguous {
            choices = List.copyOf(choices);
        }

        @Override
        public <T> T match(
                Function<Healed, T> healed,
                Function<Ambiguous, T> ambiguous,
                Function<NotFound, T> notFound,
                Function<Refused, T> refused,
                Function<Unsupported, T> unsupported) {
            return ambiguous.apply(this);
        }
    }

    /** The element is not on the page, as far as can be said. */
    record NotFound(String reason, Diagnosis diagnosed) implements HealingOutcome {
        @Override
        public <T> T match(
                Function<Healed, T> healed,
                Function<Ambiguous, T> ambiguous,
                Function<NotFound, T> notFound,
                Function<Refused, T> refused,
                Function<Unsupported, T> unsupported) {
            return notFound.apply(this);
        }
    }

    /** A heal would hide a defect or would not help: assertion, hidden element, wrong page... */
    record Refused(String reason, Diagnosis diagnosed) implements HealingOutcome {
        @Override
        public <T> T match(
                Function<Healed, T> healed,
                Function<Ambiguous, T> ambiguous,
                Function<NotFound, T> notFound,
                Function<Refused, T> refused,
                Function<Unsupported, T> unsupported) {
            return refused.apply(this);
        }
    }

    /** The evidence is missing, damaged or of a kind this version does not read; the reason says which and what to do. */
    record Unsupported(String reason, Diagnosis diagnosed) implements HealingOutcome {
        @Override
        public <T> T match(
                Function<Healed, T> healed,
                Function<Ambiguous, T> ambiguous,
                Function<NotFound, T> notFound,
                Function<Refused, T> refused,
                Function<Unsupported, T> unsupported) {
            return unsupported.apply(this);
        }
    }
}
