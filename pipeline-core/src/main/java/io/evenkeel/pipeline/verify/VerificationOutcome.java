package io.evenkeel.pipeline.verify;

import io.evenkeel.pipeline.verify.Proof.LaterFailure;
import java.util.List;
import java.util.function.Function;

/** What the re-runs say about a repair. Each variant carries the runs that were made. */
public sealed interface VerificationOutcome {

    /** Returns the result of the function of this variant. */
    <T> T match(
            Function<Verified, T> verified,
            Function<StillFails, T> stillFails,
            Function<WasFlaky, T> wasFlaky,
            Function<BudgetSpent, T> budgetSpent,
            Function<CannotRun, T> cannotRun);

    /** Returns the runs that were made, in order. */
    default List<VerificationRun> runs() {
        return match(v -> v.proof().runs(), StillFails::runs, WasFlaky::runs, BudgetSpent::runs, CannotRun::runs);
    }

    /** Returns one sentence for people. */
    default String message() {
        return match(
                v -> v.proof().sentence(),
                StillFails::reason,
                w -> "The test passes without the patch: it is flaky, there is nothing to repair.",
                BudgetSpent::reason,
                CannotRun::reason);
    }

    /**
     * Without the patch the test fails; with it, it runs to its end every time, and no user of the definition broke.
     *
     * <p>When {@link Proof#laterFailures()} is not empty, other tests get past the repaired step and fail further on: the repair
     * should then go no higher than a suggestion.
     */
    record Verified(Proof proof) implements VerificationOutcome {
        @Override
        public <T> T match(
                Function<Verified, T> verified,
                Function<StillFails, T> stillFails,
                Function<WasFlaky, T> wasFlaky,
                Function<BudgetSpent, T> budgetSpent,
                Function<CannotRun, T> cannotRun) {
            return verified.apply(this);
        }
    }

    /**
     * A test fails with the patch: at the repaired step, further on, or one that passed before.
     *
     * @param reason the failure that decided, in a sentence
     * @param later the failures of all broken tests, when each of them gets past every repaired step: the next repair may begin
     *     there; empty otherwise
     */
    record StillFails(String reason, List<LaterFailure> later, List<VerificationRun> runs)
            implements VerificationOutcome {
        public StillFails {
            later = List.copyOf(later);
            runs = List.copyOf(runs);
        }

        @Override
        public <T> T match(
                Function<Verified, T> verified,
                Function<StillFails, T> stillFails,
                Function<WasFlaky, T> wasFlaky,
                Function<BudgetSpent, T> budgetSpent,
                Function<CannotRun, T> cannotRun) {
            return stillFails.apply(this);
        }
    }

    /** The test passes without the patch. */
    record WasFlaky(List<VerificationRun> runs) implements VerificationOutcome {
        public WasFlaky {
            runs = List.copyOf(runs);
        }

        @Override
        public <T> T match(
                Function<Verified, T> verified,
                Function<StillFails, T> stillFails,
                Function<WasFlaky, T> wasFlaky,
                Function<BudgetSpent, T> budgetSpent,
                Function<CannotRun, T> cannotRun) {
            return wasFlaky.apply(this);
        }
    }

    /** The time was over before there was a proof. */
    record BudgetSpent(String reason, List<VerificationRun> runs) implements VerificationOutcome {
        public BudgetSpent {
            runs = List.copyOf(runs);
        }

        @Override
        public <T> T match(
                Function<Verified, T> verified,
                Function<StillFails, T> stillFails,
                Function<WasFlaky, T> wasFlaky,
                Function<BudgetSpent, T> budgetSpent,
                Function<CannotRun, T> cannotRun) {
            return budgetSpent.apply(this);
        }
    }

    /** Nothing can be said; the reason says what to do. */
    record CannotRun(String reason, List<VerificationRun> runs) implements VerificationOutcome {
        public CannotRun {
            runs = List.copyOf(runs);
        }

        @Override
        public <T> T match(
                Function<Verified, T> verified,
                Function<StillFails, T> stillFails,
                Function<WasFlaky, T> wasFlaky,
                Function<BudgetSpent, T> budgetSpent,
                Function<CannotRun, T> cannotRun) {
            return cannotRun.apply(this);
        }
    }
}
