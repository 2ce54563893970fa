package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.Heal;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.pipeline.heal.CauseProofs.Proven;
import io.evenkeel.pipeline.verify.BrokenTest;
import io.evenkeel.pipeline.verify.BrokenTest.LaterStep;
import io.evenkeel.pipeline.verify.Proof.LaterFailure;
import io.evenkeel.pipeline.verify.RootCauses;
import io.evenkeel.pipeline.verify.RootCauses.Contested;
import io.evenkeel.pipeline.verify.RootCauses.Proposal;
import io.evenkeel.pipeline.verify.RootCauses.RootCause;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Repairs the next broken locator too, when all tests of a cause get past the repaired step and fail there.
 *
 * <p>A redesign often breaks two locators of one test; the repair of the first then proves nothing alone. The later failure is
 * diagnosed from the errors and the trace of the run with the repairs before it, and all of them are proven together, at most
 * {@value #MOST} in a row and in what is left of the time for one repair. Only what was proven is proposed: else the first repair
 * is refused as it would be without a chain, and the reason names the later failure.
 *
 * <p>A chain is one result with several patches, under the name of its first link. No part of it lets a test pass, so it is one
 * commit, one branch whose own pipeline is green, one question to a person and one record of the coordinator; a result for
 * each link would be two pull requests that are both red. A later link that is a cause of its own, of tests that fail there at
 * once, has its own result besides; the chain takes the edit and no better tier than that result has, and the same edit on
 * two branches merges. Called from several threads.
 */
final class RepairChain {

    /** Repairs in one chain; a test with more of them is better looked at by a person. */
    static final int MOST = 3;

    private final BiFunction<LaterFailure, PatchedSources, HealingOutcome> diagnosis;
    private final CauseProofs proofs;
    private final List<Proven> alone;
    private final SourceFiles sources;

    /**
     * @param diagnosis diagnoses a failure of a run that was made with repairs
     * @param proofs proves what is repaired together
     * @param alone what came of each root cause alone
     * @param sources the sources without any repair
     */
    RepairChain(
            BiFunction<LaterFailure, PatchedSources, HealingOutcome> diagnosis,
            CauseProofs proofs,
            List<Proven> alone,
            SourceFiles sources) {
        this.diagnosis = diagnosis;
        this.proofs = proofs;
        this.alone = alone;
        this.sources = sources;
    }

    /**
     * A repair behind the first one.
     *
     * @param outcome the diagnosis it comes from
     * @param atMost the highest tier it allows
     * @param because why that is lower than the tier of the diagnosis, in a sentence; empty when it is not
     */
    record Link(Patch patch, HealingOutcome outcome, Tier atMost, String because) {}

    /** The links behind the first one, and the tests with the steps they repair. */
    private record Chain(RootCause first, List<Link> links, List<BrokenTest> tests) {

        List<Patch> patches() {
            List<Patch> patches = new ArrayList<>(List.of(first.patch()));
            links.forEach(link -> patches.add(link.patch()));
            return patches;
        }
    }

    /** Says why there is no next link. */
    private static final class NoLinkException extends Exception {
        private static final long serialVersionUID = 1;

        NoLinkException(String reason) {
            super(reason);
        }
    }

    /** Returns the result of a cause: that of its own repair, or that of a chain which begins with it. */
    HealResult result(Proven first) {
        if (first.later().isEmpty()) {
            return first.result();
        }
        long begin = proofs.now();
        Chain chain = new Chain(first.cause(), List.of(), first.cause().tests());
        List<LaterFailure> later = first.later();
        List<String> reasons = new ArrayList<>();
        try {
            while (true) {
                chain = longer(chain, later);
                Duration left = first.left().minus(proofs.since(begin));
                VerificationOutcome outcome = proofs.together(chain.patches(), chain.tests(), left)
                        .orElseThrow(
                                () -> new NoLinkException(
                                        "A repair is known for that too, but the time for this repair was over. Allow more time."));
                if (outcome.match(v -> true, s -> false, w -> false, b -> false, c -> false)) {
                    return proofs.report(first, chain.links(), HealReport.Attempt.of(outcome));
                }
                reasons.add("Together with " + words(chain.links()) + ": " + outcome.message());
                later = CauseProofs.later(outcome);
                if (later.isEmpty()) {
                    return refused(first, reasons);
                }
            }
        } catch (NoLinkException e) {
            reasons.add(String.valueOf(e.getMessage()));
            return refused(first, reasons);
        }
    }

    private HealResult refused(Proven first, List<String> reasons) {
        VerificationOutcome outcome = first.attempt()
                .proof()
                .map(proof -> proof.match(
                        v -> v,
                        s -> new VerificationOutcome.StillFails(
                                s.reason() + " " + String.join(" ", reasons), s.later(), s.runs()),
                        w -> w,
                        b -> b,
                        c -> c))
                .orElseThrow();
        return proofs.report(first, List.of(), HealReport.Attempt.of(outcome));
    }

    /** Returns the chain with a repair for each place where its tests fail now. */
    private Chain longer(Chain chain, List<LaterFailure> failures) throws NoLinkException {
        PatchedSources made = new PatchedSources(sources, chain.patches());
        Map<String, HealingOutcome> outcomes = new LinkedHashMap<>();
        List<Proposal> proposals = new ArrayList<>();
        for (LaterFailure failure : failures) {
            BrokenTest test = failure.test();
            HealingOutcome outcome = diagnosis.apply(failure, made);
            outcomes.put(test.id(), outcome);
            proposals.add(new Proposal(
                    new BrokenTest(test.id(), test.title(), failure.run().errors()),
                    patch(outcome, made),
                    outcome.diagnosis().ranking().confidence()));
        }
        List<RootCause> causes = RootCauses.of(proposals);
        if (1 + chain.links().size() + causes.size() > MOST) {
            throw new NoLinkException(
                    "More than " + MOST + " locators are broken one behind the other: repair them by hand.");
        }
        List<Link> links = new ArrayList<>(chain.links());
        Map<String, LaterStep> steps = new LinkedHashMap<>();
        for (RootCause cause : causes) {
            HealingOutcome outcome =
                    Optional.ofNullable(outcomes.get(cause.tests().get(0).id())).orElseThrow();
            Link link = link(cause, outcome);
            links.add(link);
            cause.tests().forEach(test -> steps.put(test.id(), new LaterStep(link.patch(), test.errors())));
        }
        List<BrokenTest> tests = chain.tests().stream()
                .map(test -> Optional.ofNullable(steps.get(test.id()))
                        .map(test::then)
                        .orElse(test))
                .toList();
        return new Chain(chain.first(), links, tests);
    }

    /** Returns the edit of a diagnosis, for the sources without repairs. */
    private static Patch patch(HealingOutcome outcome, PatchedSources made) throws NoLinkException {
        Optional<Heal> heal = HealJob.heal(outcome).filter(h -> h.tier() != Tier.NONE);
        Optional<Patch> patch = heal.flatMap(h -> h.patch().match(p -> Optional.of(p.patch()), r -> Optional.empty()));
        if (patch.isEmpty()) {
            throw new NoLinkException("That cannot be repaired: " + HealReport.reason(outcome)
                    + heal.flatMap(h -> h.patch().match(p -> Optional.<String>empty(), r -> Optional.of(r.reason())))
                            .map(reason -> " No edit is proposed: " + reason)
                            .orElse(""));
        }
        return made.rebased(patch.get())
                .orElseThrow(() -> new NoLinkException("That could only be repaired by changing a repair before it: "
                        + CauseProofs.words(patch.get())));
    }

    private Link link(RootCause cause, HealingOutcome outcome) throws NoLinkException {
        Optional<String> rejected = proofs.rejected(cause.patch(), outcome);
        if (rejected.isPresent()) {
            throw new NoLinkException(
                    "Its repair, " + CauseProofs.words(cause.patch()) + ", is not wanted: " + rejected.get());
        }
        Tier tier = HealJob.heal(outcome).map(Heal::tier).orElse(Tier.NONE);
        Optional<Proven> own = alone.stream()
                .filter(one -> one.cause().patch().file().equals(cause.patch().file())
                        && one.cause().patch().range().equals(cause.patch().range()))
                .findFirst();
        if (own.isPresent()) {
            return ofOwnCause(own.get(), outcome, tier);
        }
        return cause.contested() == Contested.AGREED
                ? new Link(cause.patch(), outcome, tier, "")
                : new Link(
                        cause.patch(),
                        outcome,
                        tier.atMost(Tier.SUGGESTION),
                        "At most a suggestion: the tests want different edits there.");
    }

    /** Returns the link that other tests fail at directly: there is one repair of it, and one judgement. */
    private static Link ofOwnCause(Proven own, HealingOutcome outcome, Tier tier) throws NoLinkException {
        boolean undecided = !own.later().isEmpty(); // its own tests need more repairs than this one
        Patch patch = own.cause().patch();
        if (!undecided && !own.result().healed()) {
            throw new NoLinkException("Its repair, " + CauseProofs.words(patch) + ", is refused: "
                    + own.result().event().decision().reason());
        }
        boolean sure = undecided
                ? own.cause().contested() == Contested.AGREED
                : own.result().event().decision().tier().equals(HealResult.AUTO);
        return sure
                ? new Link(patch, outcome, tier, "")
                : new Link(
                        patch,
                        outcome,
                        tier.atMost(Tier.SUGGESTION),
                        "At most a suggestion: it is no more where other tests fail there.");
    }

    private static String words(List<Link> links) {
        return String.join(
                " and ",
                links.stream().map(link -> CauseProofs.words(link.patch())).toList());
    }
}
