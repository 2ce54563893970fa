package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.FixedBranch.Skipped;
import java.util.List;
import java.util.function.Function;

/** What came of a fix branch. Messages never hold a secret. */
public sealed interface FixOutcome {

    /** Returns the result of the function of this variant. */
    <T> T match(
            Function<Pushed, T> pushed,
            Function<AlreadyThere, T> alreadyThere,
            Function<NotPushed, T> notPushed,
            Function<NotMade, T> notMade);

    /** Returns one line for people. */
    default String message() {
        return match(
                p -> "pushed " + p.branch().name() + " to " + p.remote(),
                a -> a.branch().name() + " is already there, with the same content",
                n -> n.branch().name() + " is in the local repository only: " + n.reason(),
                NotMade::reason);
    }

    /** The remote has the branch now. {@code remote} is its address without user and password. */
    record Pushed(FixedBranch branch, String remote) implements FixOutcome {
        @Override
        public <T> T match(
                Function<Pushed, T> pushed,
                Function<AlreadyThere, T> alreadyThere,
                Function<NotPushed, T> notPushed,
                Function<NotMade, T> notMade) {
            return pushed.apply(this);
        }
    }

    /** The remote had a branch with the same base and the same files already. */
    record AlreadyThere(FixedBranch branch, String remote) implements FixOutcome {
        @Override
        public <T> T match(
                Function<Pushed, T> pushed,
                Function<AlreadyThere, T> alreadyThere,
                Function<NotPushed, T> notPushed,
                Function<NotMade, T> notMade) {
            return alreadyThere.apply(this);
        }
    }

    /** The branch is in the local repository, and could not be pushed; the reason says what to do. */
    record NotPushed(FixedBranch branch, PushProblem problem, String reason) implements FixOutcome {
        @Override
        public <T> T match(
                Function<Pushed, T> pushed,
                Function<AlreadyThere, T> alreadyThere,
                Function<NotPushed, T> notPushed,
                Function<NotMade, T> notMade) {
            return notPushed.apply(this);
        }
    }

    /** There is no branch, and nothing was written; the reason says what to do. */
    record NotMade(BranchProblem problem, String reason, List<Skipped> skipped) implements FixOutcome {
        public NotMade {
            skipped = List.copyOf(skipped);
        }

        @Override
        public <T> T match(
                Function<Pushed, T> pushed,
                Function<AlreadyThere, T> alreadyThere,
                Function<NotPushed, T> notPushed,
                Function<NotMade, T> notMade) {
            return notMade.apply(this);
        }
    }

    /** Why a branch could not be pushed. */
    enum PushProblem {
        /** The repository has no remote of that name. */
        NO_REMOTE,
        /** The remote wants other credentials. */
        NOT_AUTHORIZED,
        /** The remote does not take the branch: a rule, a hook, a read-only repository. */
        REJECTED,
        /** Nobody answers, or something else than a git server. */
        UNREACHABLE,
        /** The address is of a kind that cannot be pushed to from here. */
        UNSUPPORTED
    }

    /** Why there is no branch. */
    enum BranchProblem {
        /** The project is in no git repository, or in one that cannot be read. */
        NO_REPOSITORY,
        /** The repository has no commit yet. */
        NO_COMMIT,
        /** No heal can be committed. */
        NOTHING_TO_COMMIT,
        /** The repository does not take objects or refs. */
        NOT_WRITABLE
    }
}
