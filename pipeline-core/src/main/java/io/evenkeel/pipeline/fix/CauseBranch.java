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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Keeps one branch with one commit for one root cause, under a name that stays the same from run to run.
 *
 * <p>A branch that makes the same change already is left where it is, so that a nightly run does not rebase it every night. One that
 * holds nothing but an older repair of ours is moved, from the commit it was seen at only. What somebody else pushed is never moved.
 * Thread-safe.
 */
final class CauseBranch {

    private static final String SIGN = "To reject this heal";

    private final FixSettings settings;

    CauseBranch(FixSettings settings) {
        this.settings = settings;
    }

    /** Returns what makes two broken locators one cause: the place of the definition and what stood there. */
    static String cause(ProvenHeal heal) {
        return hash(
                heal.event().subject().file() + "\n" + heal.event().locator().original());
    }

    /** Returns what makes two repairs of a cause one change. */
    static String change(ProvenHeal heal) {
        return hash(heal.patches().stream()
                .map(patch -> patch.file() + "\n" + patch.before() + "\n" + patch.after())
                .collect(Collectors.joining("\n")));
    }

    static String name(ProvenHeal heal) {
        return FixBranch.PREFIX + cause(heal);
    }

    private static String hash(String text) {
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 12);
    }

    /** Brings the repair to its branch on the remote. */
    FixOutcome publish(Path project, ProvenHeal heal, Instant now, Optional<ForgeCommits> forge) {
        try {
            Path folder = project.toRealPath();
            Optional<IsolatedRepository> found = IsolatedRepository.around(folder);
            if (found.isEmpty()) {
                return notMade(BranchProblem.NO_REPOSITORY, project + " is in no git repository.");
            }
            try (IsolatedRepository repository = found.get();
                    RevWalk walk = new RevWalk(repository)) {
                ObjectId head = repository.resolve(Constants.HEAD);
                if (head == null) {
                    return notMade(BranchProblem.NO_COMMIT, "The repository has no commit yet.");
                }
                RevCommit base = walk.parseCommit(head);
                CommitChain chain = new CommitChain(repository, base);
                chain.add(
                        heal,
                        new HeadSources(
                                repository,
                                base,
                                repository.getWorkTree().toPath().toRealPath(),
                                folder));
                if (chain.size() == 0) {
                    return new NotMade(
                            BranchProblem.NOTHING_TO_COMMIT,
                            chain.skipped().get(0).reason(),
                            chain.skipped());
                }
                return publish(new Place(repository, walk, base, chain), name(heal), now, forge);
            } catch (MissingObjectException e) {
                return notMade(
                        BranchProblem.NO_REPOSITORY,
                        "The clone lacks objects of its own commit. Clone without --filter.");
            }
        } catch (IOException e) {
            return notMade(
                    BranchProblem.NO_REPOSITORY,
                    "The git repository around " + project + " cannot be read or written (" + e.getMessage() + ").");
        }
    }

    private FixOutcome publish(Place place, String name, Instant now, Optional<ForgeCommits> forge) throws IOException {
        FixedBranch unpushed = place.branch(name, ObjectId.zeroId());
        Optional<Remote> found = Remote.of(place.repository(), settings);
        if (found.isEmpty()) {
            return new NotPushed(
                    unpushed, PushProblem.NO_REMOTE, "the repository has no remote " + settings.remote() + ".");
        }
        Remote remote = found.get();
        ObjectId seen;
        try {
            seen = remote.head(name).orElse(ObjectId.zeroId());
            if (!seen.equals(ObjectId.zeroId())) {
                if (!place.has(seen)) {
                    remote.fetch(name);
                }
                RevCommit there = place.walk().parseCommit(seen);
                if (place.makesSameChange(there)) {
                    return new AlreadyThere(place.branch(name, seen), remote.address());
                }
                if (!isOurs(there)) {
                    return new NotPushed(
                            place.branch(name, seen),
                            PushProblem.REJECTED,
                            "somebody else has pushed to it, and their work stays. Merge or delete the branch.");
                }
            }
        } catch (IOException e) {
            Remote.Failed failed = remote.failed(e);
            return new NotPushed(unpushed, failed.problem(), failed.reason());
        }
        return forge.isPresent() && forge.get().wantedFor(name)
                ? byForge(place, name, remote, forge.get())
                : push(new Attempt(place, name, seen, now), remote, forge);
    }

    private record Attempt(Place place, String name, ObjectId seen, Instant now) {}

    private FixOutcome push(Attempt attempt, Remote remote, Optional<ForgeCommits> forge) throws IOException {
        PersonIdent author =
                new PersonIdent(settings.author().name(), settings.author().email(), attempt.now(), ZoneOffset.UTC);
        ObjectId commit = attempt.place().chain().write(author, attempt.name());
        FixedBranch branch = attempt.place().branch(attempt.name(), commit);
        Remote.PushAnswer answer = remote.push(commit, attempt.name(), attempt.seen());
        FixOutcome outcome = answer.match(
                taken -> new Pushed(branch, remote.address()),
                present ->
                        new NotPushed(branch, PushProblem.REJECTED, "somebody moved it at the same moment. Run again."),
                failed -> new NotPushed(branch, failed.problem(), failed.reason()));
        boolean unsigned = answer.match(
                t -> false,
                p -> false,
                f -> f.reason()
                        .toLowerCase(java.util.Locale.ROOT)
                        .matches("(?s).*(verified signature|signed|signature).*"));
        return unsigned && forge.isPresent() ? byForge(attempt.place(), attempt.name(), remote, forge.get()) : outcome;
    }

    private static FixOutcome byForge(Place place, String name, Remote remote, ForgeCommits forge) throws IOException {
        String message = CommitMessage.of(place.chain().first(), name);
        ForgeCommits.Base base = new ForgeCommits.Base(
                place.base().getName(), place.base().getTree().getName());
        try {
            String commit = forge.commit(name, base, message, place.chain().contents());
            return new Pushed(place.branch(name, ObjectId.fromString(commit)), remote.address());
        } catch (IOException e) {
            return new NotPushed(
                    place.branch(name, ObjectId.zeroId()),
                    PushProblem.REJECTED,
                    "the forge could not make a signed commit: " + e.getMessage());
        }
    }

    /** Somebody who amends our commit becomes its committer; forges that sign commits put themselves there. */
    private static boolean isOurs(RevCommit commit) {
        String committer = commit.getCommitterIdent().getEmailAddress();
        boolean untouched =
                committer.equals(commit.getAuthorIdent().getEmailAddress()) || committer.equals("noreply@github.com");
        String message = commit.getFullMessage();
        return untouched && message.startsWith("heal: ") && message.contains(SIGN);
    }

    private static FixOutcome notMade(BranchProblem problem, String reason) {
        return new NotMade(problem, reason, List.of());
    }

    /** The commit a branch begins at and what it is to hold. */
    private record Place(IsolatedRepository repository, RevWalk walk, RevCommit base, CommitChain chain) {

        boolean has(ObjectId commit) throws IOException {
            return repository.getObjectDatabase().has(commit);
        }

        FixedBranch branch(String name, ObjectId head) {
            return new FixedBranch(name, base.getName(), head.getName(), chain.size(), chain.skipped());
        }

        /** Returns whether a commit changes the same files as ours, to the same content. */
        boolean makesSameChange(RevCommit there) throws IOException {
            if (there.getParentCount() != 1) {
                return false;
            }
            ObjectId ours = chain.tree();
            try {
                RevCommit parent = walk.parseCommit(there.getParent(0));
                Set<String> ourChanges = changes(base.getTree(), ours);
                return ourChanges.equals(changes(parent.getTree(), there.getTree()));
            } catch (MissingObjectException e) {
                return false; // behind the end of a shallow clone
            }
        }

        /** Returns path and new content of what differs between two trees. */
        private Set<String> changes(ObjectId before, ObjectId after) throws IOException {
            Set<String> changes = new TreeSet<>();
            try (TreeWalk trees = new TreeWalk(repository)) {
                trees.setRecursive(true);
                trees.setFilter(TreeFilter.ANY_DIFF);
                trees.addTree(before);
                trees.addTree(after);
                while (trees.next()) {
                    changes.add(trees.getObjectId(1).getName() + " " + trees.getPathString());
                }
            }
            return changes;
        }
    }
}
