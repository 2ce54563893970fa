package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.PullRequests.Proposal;
import io.evenkeel.pipeline.fix.PullRequests.Pull;
import io.evenkeel.pipeline.fix.PullRequests.Readiness;
import io.evenkeel.pipeline.fix.PullRequests.State;
import io.evenkeel.pipeline.fix.PullRequests.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one pull request for each proven repair: opened once, updated while it is open, never opened again after a person closed it.
 *
 * <p>Runs that test a branch of ours open nothing, so a repair never leads to another. Thread-safe.
 */
public final class FixRequests {

    private final FixSettings settings;
    private final Rules rules;

    public FixRequests(FixSettings settings, Rules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    /**
     * What may be opened.
     *
     * @param branches patterns of the branches a repair may be merged into, {@code *} for any characters; empty for all
     * @param mostOpen how many pull requests of ours may be open at once; more would be noise, and a redesign breaks many locators
     * @param readiness whether they are drafts
     */
    public record Rules(List<String> branches, int mostOpen, Readiness readiness) {

        public Rules {
            branches = List.copyOf(branches);
            if (mostOpen < 1) {
                throw new IllegalArgumentException(
                        "The number of open pull requests (" + mostOpen + ") must be at least 1.");
            }
        }

        /** Drafts into any branch, at most five open at once. */
        public static Rules standard() {
            return new Rules(List.of(), 5, Readiness.DRAFT);
        }

        boolean allow(String branch) {
            return branches.isEmpty()
                    || branches.stream()
                            .anyMatch(pattern -> branch.matches(
                                    ("\\Q" + pattern.replace("\\E", "") + "\\E").replace("*", "\\E.*\\Q")));
        }
    }

    /** What became of a repair. */
    public enum Fate {
        /** A pull request was opened. */
        OPENED,
        /** The open pull request has a new commit or text. */
        UPDATED,
        /** The open pull request has it already. */
        UNCHANGED,
        /** A person closed the pull request with this change; it is not proposed again. */
        REJECTED,
        /** Enough pull requests are open. */
        POSTPONED,
        /** The branch takes no repairs. */
        NOT_ALLOWED,
        /** It could not be done; the line says why. */
        FAILED
    }

    /** A repair and what became of it; {@code line} is for people and holds no secret. */
    public record Result(ProvenHeal heal, Fate fate, String line) {}

    /**
     * Proposes the repairs.
     *
     * @param project folder the files of the patches are relative to
     * @param heals one for each root cause
     * @param pulls the forge
     * @param now time of the commits
     * @return one result for each heal, in the same order
     */
    public List<Result> publish(Path project, List<ProvenHeal> heals, PullRequests pulls, Instant now) {
        if (pulls.base().startsWith(FixBranch.PREFIX)) {
            return all(heals, Fate.NOT_ALLOWED, pulls.base() + " is a repair itself; repairs are not repaired");
        }
        if (!rules.allow(pulls.base())) {
            return all(heals, Fate.NOT_ALLOWED, pulls.base() + " is none of the branches that take repairs");
        }
        List<Pull> known;
        try {
            known = new ArrayList<>(pulls.from(FixBranch.PREFIX));
        } catch (IOException e) {
            return all(heals, Fate.FAILED, "the pull requests cannot be listed: " + e.getMessage());
        }
        List<Result> results = new ArrayList<>();
        for (ProvenHeal heal : heals) {
            results.add(publish(project, heal, new Forge(pulls, known), now));
        }
        return results;
    }

    private record Forge(PullRequests pulls, List<Pull> known) {

        Optional<Pull> open(String branch) {
            return known.stream()
                    .filter(pull -> pull.branch().equals(branch) && pull.state() == State.OPEN)
                    .findFirst();
        }

        Optional<Pull> rejected(ProvenHeal heal) {
            return known.stream()
                    .filter(pull -> pull.state() == State.CLOSED && PullText.isOf(heal, pull))
                    .findFirst();
        }

        long openCount() {
            return known.stream().filter(pull -> pull.state() == State.OPEN).count();
        }
    }

    private static List<Result> all(List<ProvenHeal> heals, Fate fate, String line) {
        return heals.stream().map(heal -> new Result(heal, fate, line)).toList();
    }

    private Result publish(Path project, ProvenHeal heal, Forge forge, Instant now) {
        Optional<Pull> rejected = forge.rejected(heal);
        if (rejected.isPresent()) {
            return new Result(
                    heal,
                    Fate.REJECTED,
                    "this change was rejected in " + rejected.get().url());
        }
        Optional<Pull> open = forge.open(CauseBranch.name(heal));
        if (open.isEmpty() && forge.openCount() >= rules.mostOpen()) {
            return new Result(
                    heal, Fate.POSTPONED, rules.mostOpen() + " repairs are open already; merge or close one of them");
        }
        FixOutcome outcome = new CauseBranch(settings)
                .publish(project, heal, now, forge.pulls().commits());
        boolean moved = outcome.match(pushed -> true, there -> false, not -> false, not -> false);
        boolean there = outcome.match(pushed -> true, already -> true, not -> false, not -> false);
        if (!there) {
            return new Result(heal, Fate.FAILED, outcome.message());
        }
        try {
            return open.isPresent() ? revise(heal, open.get(), moved, forge) : open(heal, forge);
        } catch (IOException e) {
            return new Result(
                    heal,
                    Fate.FAILED,
                    CauseBranch.name(heal) + " is pushed, but its pull request could not be opened: " + e.getMessage());
        }
    }

    private static Result revise(ProvenHeal heal, Pull pull, boolean moved, Forge forge) throws IOException {
        Text text = PullText.of(heal);
        boolean told = pull.text().title().equals(text.title())
                && pull.text()
                        .body()
                        .replace("\r\n", "\n")
                        .strip()
                        .equals(text.body().strip());
        if (!told) {
            forge.pulls().revise(pull, text);
        }
        return new Result(heal, moved || !told ? Fate.UPDATED : Fate.UNCHANGED, pull.url());
    }

    private Result open(ProvenHeal heal, Forge forge) throws IOException {
        String branch = CauseBranch.name(heal);
        try {
            Pull pull = forge.pulls()
                    .open(new Proposal(branch, forge.pulls().base(), PullText.of(heal), rules.readiness()));
            forge.known().add(pull);
            return new Result(heal, Fate.OPENED, pull.url());
        } catch (IOException e) {
            // Another job may have opened it since the list was read; forges refuse a second one for a branch.
            Optional<Pull> theirs = new Forge(forge.pulls(), forge.pulls().from(FixBranch.PREFIX)).open(branch);
            if (theirs.isEmpty()) {
                throw e;
            }
            forge.known().add(theirs.get());
            return new Result(heal, Fate.UNCHANGED, theirs.get().url());
        }
    }
}
