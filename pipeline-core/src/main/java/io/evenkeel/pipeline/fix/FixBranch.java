package io.evenkeel.pipeline.fix;

import com.google.common.hash.Hashing;
import io.evenkeel.pipeline.fix.FixOutcome.AlreadyThere;
import io.evenkeel.pipeline.fix.FixOutcome.BranchProblem;
import io.evenkeel.pipeline.fix.FixOutcome.NotMade;
import io.evenkeel.pipeline.fix.FixOutcome.NotPushed;
import io.evenkeel.pipeline.fix.FixOutcome.PushProblem;
import io.evenkeel.pipeline.fix.FixOutcome.Pushed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Brings proven heals back: one branch from HEAD, one commit for each root cause, pushed to the remote.
 *
 * <p>The name of the branch follows from the base commit and the resulting files, so executors that heal the same cause arrive at the
 * same branch. Only new refs below {@value #PREFIX} are ever written, here and on the remote. Thread-safe.
 */
public final class FixBranch {

    /** Every fix branch begins with this. */
    public static final String PREFIX = "evenkeel/heal-";

    private static final int MOST_NAMES = 20;

    private final FixSettings settings;

    public FixBranch(FixSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes the branch and pushes it.
     *
     * @param project folder the files of the patches are relative to
     * @param heals grouped: one for each root cause, in the order of the commits
     * @param now time of the commits
     */
    public FixOutcome publish(Path project, List<ProvenHeal> heals, Instant now) {
        try {
            Path folder = project.toRealPath();
            Optional<IsolatedRepository> found = IsolatedRepository.around(folder);
            if (found.isEmpty()) {
                return notMade(
                        BranchProblem.NO_REPOSITORY,
                        project + " is in no git repository; the patches are in .evenkeel/heal.");
            }
            try (IsolatedRepository repository = found.get();
                    RevWalk walk = new RevWalk(repository)) {
                return publish(repository, walk, folder, heals, now);
            }
        } catch (IOException e) {
            return notMade(
                    BranchProblem.NO_REPOSITORY,
                    "The git repository around " + project + " cannot be read (" + e.getMessage() + ").");
        }
    }

    private FixOutcome publish(Repository repository, RevWalk walk, Path folder, List<ProvenHeal> heals, Instant now)
            throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        if (head == null) {
            return notMade(BranchProblem.NO_COMMIT, "The repository has no commit yet. Commit the project first.");
        }
        RevCommit base = walk.parseCommit(head);
        Path workTree = repository.getWorkTree().toPath().toRealPath();
        HeadSources sources = new HeadSources(repository, base, workTree, folder);
        CommitChain chain = new CommitChain(repository, base);
        for (ProvenHeal heal : heals) {
            chain.add(heal, sources);
        }
        if (chain.size() == 0) {
            String why = chain.skipped().isEmpty()
                    ? "There are no heals."
                    : chain.skipped().get(0).reason();
            return new NotMade(BranchProblem.NOTHING_TO_COMMIT, "No heal can be committed: " + why, chain.skipped());
        }
        try {
            return publish(new Target(repository, walk, base, chain.tree()), chain, now);
        } catch (MissingObjectException e) {
            return new NotMade(
                    BranchProblem.NO_REPOSITORY,
                    "The clone lacks objects of its own commit. Clone without --filter.",
                    chain.skipped());
        } catch (IOException e) {
            return new NotMade(
                    BranchProblem.NOT_WRITABLE,
                    "The git repository does not take new objects or branches (" + e.getMessage() + ").",
                    chain.skipped());
        }
    }

    private FixOutcome publish(Target target, CommitChain chain, Instant now) throws IOException {
        Optional<Remote> remote = Remote.of(target.repository(), settings);
        PersonIdent author =
                new PersonIdent(settings.author().name(), settings.author().email(), now, ZoneOffset.UTC);
        for (int n = 1; n <= MOST_NAMES; n++) {
            String name = target.name(n);
            Ref local = target.repository().exactRef(Constants.R_HEADS + name);
            if (local != null && !target.holds(local.getObjectId())) {
                continue;
            }
            ObjectId commit = local != null ? local.getObjectId() : chain.write(author, name);
            FixedBranch branch =
                    new FixedBranch(name, target.base().getName(), commit.getName(), chain.size(), chain.skipped());
            Optional<FixOutcome> outcome = remote.isEmpty()
                    ? Optional.of(new NotPushed(
                            branch,
                            PushProblem.NO_REMOTE,
                            "the repository has no remote " + settings.remote()
                                    + ". Add one, or push the branch yourself."))
                    : push(target, remote.get(), branch, commit);
            if (outcome.isPresent()) {
                boolean wanted = local == null && outcome.get().match(p -> true, a -> false, f -> true, m -> false);
                Optional<String> failure = wanted ? createLocal(target, name, commit, author) : Optional.empty();
                boolean onlyLocal = outcome.get().match(p -> false, a -> false, f -> true, m -> false);
                if (failure.isPresent() && onlyLocal) {
                    return new NotMade(
                            BranchProblem.NOT_WRITABLE,
                            "The branch " + name + " can neither be made here (" + failure.get() + ") nor be pushed.",
                            chain.skipped());
                }
                return outcome.get();
            }
        }
        return new NotMade(
                BranchProblem.NOT_WRITABLE,
                "Branches " + target.name(1) + " to " + target.name(MOST_NAMES)
                        + " exist with other content. Delete them.",
                chain.skipped());
    }

    /** Returns what came of the push; empty if the remote has other content under that name. */
    private static Optional<FixOutcome> push(Target target, Remote remote, FixedBranch branch, ObjectId commit)
            throws IOException {
        Remote.PushAnswer answer = remote.push(commit, branch.name());
        Optional<ObjectId> present =
                answer.match(t -> Optional.empty(), p -> Optional.of(p.commit()), f -> Optional.empty());
        if (present.isPresent()) {
            ObjectId there = present.get();
            if (!target.has(there)) {
                remote.fetch(branch.name());
            }
            return target.has(there) && target.holds(there)
                    ? Optional.of(new AlreadyThere(
                            new FixedBranch(
                                    branch.name(), branch.base(), there.getName(), branch.commits(), branch.skipped()),
                            remote.address()))
                    : Optional.empty();
        }
        return answer.match(
                taken -> Optional.of(new Pushed(branch, remote.address())),
                p -> Optional.empty(),
                failed -> Optional.of(new NotPushed(branch, failed.problem(), failed.reason())));
    }

    /** Returns why the branch could not be made in the local repository; empty if it was. */
    private static Optional<String> createLocal(Target target, String name, ObjectId commit, PersonIdent author) {
        try {
            RefUpdate update = target.repository().updateRef(Constants.R_HEADS + name);
            update.setNewObjectId(commit);
            update.setExpectedOldObjectId(ObjectId.zeroId());
            update.setRefLogIdent(author);
            update.setRefLogMessage(
                    "evenkeel: heals of " + target.base().abbreviate(8).name(), false);
            RefUpdate.Result result = update.update();
            boolean made = result == RefUpdate.Result.NEW || result == RefUpdate.Result.NO_CHANGE;
            return made ? Optional.empty() : Optional.of(result.name());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static FixOutcome notMade(BranchProblem problem, String reason) {
        return new NotMade(problem, reason, List.of());
    }

    /** What the branch is to hold: this tree, on this commit. */
    private record Target(Repository repository, RevWalk walk, RevCommit base, ObjectId tree) {

        String name(int n) {
            String id = Hashing.sha256()
                    .hashString(base.getName() + " " + tree.getName(), StandardCharsets.UTF_8)
                    .toString()
                    .substring(0, 8);
            return PREFIX + id + (n == 1 ? "" : "-" + n);
        }

        boolean has(ObjectId commit) throws IOException {
            return repository.getObjectDatabase().has(commit);
        }

        /** Returns whether the commit has our files and descends from our base. */
        boolean holds(ObjectId id) throws IOException {
            RevCommit commit = walk.parseCommit(id);
            return commit.getTree().getId().equals(tree) && walk.isMergedInto(base, commit);
        }
    }
}
