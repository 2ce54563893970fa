package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.Heal;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Share;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.pipeline.heal.RunRecord.Ended;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.verify.BrokenTest;
import io.evenkeel.pipeline.verify.Proof;
import io.evenkeel.pipeline.verify.RootCauses.Contested;
import io.evenkeel.pipeline.verify.RootCauses.RootCause;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts what was found out about a failure, and what the proof said, into the record of it. Pure. */
final class HealReport {

    private HealReport() {}

    /** A diagnosed failure and how long the diagnosis took. */
    record Evidence(Ended failed, HealingOutcome outcome, Duration time) {}

    /** Returns the record of a failure that no edit is proposed for; {@code root} is the project folder. */
    static HealResult withoutPatch(Evidence evidence, String root) {
        Ended failed = evidence.failed();
        HealingOutcome outcome = evidence.outcome();
        Optional<Heal> heal = outcome.match(
                h -> Optional.of(h.heal()),
                a -> Optional.empty(),
                n -> Optional.empty(),
                r -> Optional.empty(),
                u -> Optional.empty());
        String place = heal.flatMap(h -> h.patch().match(p -> Optional.<String>empty(), r -> Optional.of(r.reason())))
                .map(reason -> " No edit is proposed: " + reason)
                .orElse("");
        boolean suggested = heal.isPresent() && heal.get().tier() != Tier.NONE;
        HealDecision decision = new HealDecision(
                outcome.diagnosis().ranking().confidence(),
                suggested ? HealResult.SUGGESTION : HealResult.REFUSED,
                reason(outcome) + place,
                evidence.time());
        HealEvent event = new HealEvent(
                subject(failed, outcome, root),
                new HealLocator(
                        original(outcome),
                        suggested ? heal.map(Heal::locator) : Optional.empty(),
                        strategy(outcome.diagnosis().ranking()),
                        signals(outcome.diagnosis().ranking())),
                decision,
                Optional.empty(),
                Optional.empty());
        return new HealResult(event, List.of(), List.of(failed.title()), HealJob.explanation(outcome));
    }

    /** The proof of a repair, or why none was tried. */
    record Attempt(Optional<VerificationOutcome> proof, String unproven) {

        static Attempt of(VerificationOutcome proof) {
            return new Attempt(Optional.of(proof), "");
        }

        static Attempt none(String reason) {
            return new Attempt(Optional.empty(), reason);
        }
    }

    /** What is repaired together: the first failure, and the links behind it, none as a rule. */
    record Chain(Evidence first, List<RepairChain.Link> links) {

        Chain {
            links = List.copyOf(links);
        }
    }

    /** Returns the record of a root cause with its proof. */
    static HealResult of(RootCause cause, Chain chain, Attempt attempt, SourceFiles sources) {
        Optional<VerificationOutcome> proof = attempt.proof();
        Evidence first = chain.first();
        Ranking ranking = first.outcome().diagnosis().ranking();
        Tier proposed = first.outcome()
                .match(h -> h.heal().tier(), a -> Tier.SUGGESTION, n -> Tier.NONE, r -> Tier.NONE, u -> Tier.NONE);
        double confidence = ranking.confidence();
        List<Patch> patches = new ArrayList<>(List.of(cause.patch()));
        List<String> explanation = new ArrayList<>(HealJob.explanation(first.outcome()));
        for (RepairChain.Link link : chain.links()) {
            proposed = proposed.atMost(link.atMost());
            confidence =
                    Math.min(confidence, link.outcome().diagnosis().ranking().confidence());
            patches.add(link.patch());
            explanation.add("The next broken locator: " + CauseProofs.words(link.patch()));
            explanation.addAll(HealJob.explanation(link.outcome()));
        }
        String tier = tier(cause, proposed, proof);
        Patch patch = cause.patch();
        Optional<HealVerification> verification = proof.map(HealJob::verification);
        boolean refused = tier.equals(HealResult.REFUSED);
        HealEvent event = new HealEvent(
                new HealSubject(
                        first.failed().test().id(),
                        patch.file(),
                        patch.definition().site().line(),
                        cause(first.outcome()),
                        Optional.empty()),
                new HealLocator(
                        original(first.outcome()),
                        refused ? Optional.empty() : locator(first.outcome()),
                        strategy(ranking),
                        signals(ranking)),
                new HealDecision(confidence, tier, why(chain, attempt), first.time()),
                verification,
                UnifiedDiff.of(patches, sources));
        return new HealResult(
                event,
                refused ? List.of() : patches,
                cause.tests().stream().map(BrokenTest::title).toList(),
                explanation);
    }

    /**
     * Decides the tier: what was disproved is refused; what is contested, went wrong further on or was not proven is a suggestion at most.
     */
    private static String tier(RootCause cause, Tier proposed, Optional<VerificationOutcome> proof) {
        Tier cap = proof.map(outcome -> outcome.match(
                        verified -> cap(verified.proof()),
                        stillFails -> Tier.NONE,
                        wasFlaky -> Tier.NONE,
                        budgetSpent -> Tier.SUGGESTION,
                        cannotRun -> Tier.SUGGESTION))
                .orElse(Tier.SUGGESTION);
        if (cause.contested() == Contested.CONTESTED) {
            cap = cap.atMost(Tier.SUGGESTION);
        }
        return word(proposed.atMost(cap));
    }

    private static Tier cap(Proof proof) {
        if (proof.checks().stream().anyMatch(check -> check.finding() == Proof.Finding.REFUTES)) {
            return Tier.NONE;
        }
        boolean doubtful = !proof.laterFailures().isEmpty()
                || proof.checks().stream().anyMatch(check -> check.finding() == Proof.Finding.MISSING);
        return doubtful ? Tier.SUGGESTION : Tier.AUTO;
    }

    private static String word(Tier tier) {
        switch (tier) {
            case AUTO:
                return HealResult.AUTO;
            case SUGGESTION:
                return HealResult.SUGGESTION;
            default:
                return HealResult.REFUSED;
        }
    }

    private static HealSubject subject(Ended failed, HealingOutcome outcome, String root) {
        CallSite place = outcome.diagnosis().classification().place().relativeTo(root);
        return new HealSubject(failed.test().id(), place.file(), place.line(), cause(outcome), Optional.empty());
    }

    static String cause(HealingOutcome outcome) {
        return outcome.diagnosis()
                .classification()
                .failureClass()
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    private static String original(HealingOutcome outcome) {
        return outcome.diagnosis().classification().locator();
    }

    private static Optional<String> locator(HealingOutcome outcome) {
        return outcome.match(
                h -> Optional.of(h.heal().locator()),
                a -> a.choices().stream().findFirst().map(Heal::locator),
                n -> Optional.empty(),
                r -> Optional.empty(),
                u -> Optional.empty());
    }

    /** Returns why the tier is what it is: the proof, and what caps it where the proof alone would allow more. */
    private static String why(Chain chain, Attempt attempt) {
        String together = chain.links().isEmpty()
                ? ""
                : (1 + chain.links().size())
                        + " locators are repaired together, because the tests fail at each of them: also "
                        + String.join(
                                " and ",
                                chain.links().stream()
                                        .map(link -> CauseProofs.words(link.patch()))
                                        .toList())
                        + ". ";
        String diagnosed = capped(chain.first().outcome());
        if (diagnosed.isEmpty()) {
            diagnosed = chain.links().stream()
                    .filter(link -> link.atMost() == Tier.SUGGESTION)
                    .findFirst()
                    .map(link -> link.patch().before() + ": "
                            + (link.because().isEmpty() ? cap(link.outcome()) : link.because()))
                    .orElse("");
        }
        String doubt = diagnosed.isEmpty() ? "" : " " + diagnosed;
        return together
                + attempt.proof()
                        .map(proof -> proof.message() + (proves(proof) ? doubt : ""))
                        .orElseGet(attempt::unproven)
                        .strip();
    }

    private static String capped(HealingOutcome outcome) {
        return outcome.match(
                h -> h.heal().tier() == Tier.SUGGESTION ? cap(outcome) : "", a -> "", n -> "", r -> "", u -> "");
    }

    private static boolean proves(VerificationOutcome proof) {
        return proof.match(v -> true, s -> false, w -> false, b -> false, c -> false);
    }

    /** Returns why the diagnosis allows a suggestion only. */
    private static String cap(HealingOutcome outcome) {
        return outcome.diagnosis().explanation().stream()
                .filter(line -> line.startsWith("At most a suggestion"))
                .findFirst()
                .orElse("At most a suggestion: the confidence is below " + Tier.AUTO_FLOOR + ".");
    }

    static String reason(HealingOutcome outcome) {
        return outcome.match(
                h -> "Element: " + h.heal().element(),
                a -> a.choices().size() + " elements may be meant; only a person can choose: "
                        + String.join(
                                " or ",
                                a.choices().stream().map(Heal::locator).limit(3).toList()),
                n -> n.reason(),
                r -> r.reason(),
                u -> u.reason());
    }

    static String strategy(Ranking ranking) {
        return ranking.candidates().stream()
                .findFirst()
                .flatMap(best -> best.shares().stream()
                        .filter(share -> share.contribution() > 0)
                        .findFirst())
                .map(share -> share.strategy().words())
                .orElse("");
    }

    /** Returns the share of each strategy in what speaks for the best candidate; they sum up to 1. */
    static Map<String, Double> signals(Ranking ranking) {
        Map<String, Double> sums = new TreeMap<>();
        ranking.candidates().stream().findFirst().ifPresent(best -> {
            for (Share share : best.shares()) {
                if (share.contribution() > 0) {
                    sums.merge(share.strategy().words(), share.contribution(), Double::sum);
                }
            }
        });
        double all = sums.values().stream().mapToDouble(Double::doubleValue).sum();
        sums.replaceAll((name, sum) -> Math.round(1000 * sum / all) / 1000.0);
        return sums;
    }
}
