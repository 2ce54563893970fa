package io.evenkeel.healing;

import io.evenkeel.healing.classify.Classification;
import io.evenkeel.healing.classify.FailureClass;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Features;
import io.evenkeel.healing.match.Matcher;
import io.evenkeel.healing.match.QuerySignals;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.PatchOutcome;
import io.evenkeel.healing.patch.Patcher;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Fingerprints;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.Roles;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.LocatorEvaluator;
import io.evenkeel.healing.synthesis.LocatorProbe;
import io.evenkeel.healing.synthesis.LocatorWording;
import io.evenkeel.healing.synthesis.Step;
import io.evenkeel.healing.synthesis.Synthesizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of a diagnosis that looks at the page. One thread, used once. */
final class PageDiagnosis {

    private static final int MAX_CHOICES = 8;

    private final Models models;
    private final Explanation explanation;
    private final Accessibility tree;
    private final LocatorEvaluator evaluator;
    private final Fingerprints fingerprints;
    private final Synthesizer synthesizer;
    private final String testIdAttribute;

    PageDiagnosis(Models models, LocatorProbe probe, Healer.PageAtFailure page, Explanation explanation) {
        this.models = models;
        this.explanation = explanation;
        this.testIdAttribute = page.testIdAttribute();
        this.tree = new Accessibility(page.dom());
        this.evaluator = new LocatorEvaluator(tree, testIdAttribute);
        this.fingerprints = new Fingerprints(tree, testIdAttribute);
        this.synthesizer = new Synthesizer(tree, evaluator, testIdAttribute, probe);
    }

    /** What is asked. */
    record Question(
            Classification failure,
            Locator locator,
            List<Reference> references,
            Project project,
            Patcher patcher,
            Destructive destructive) {}

    HealingOutcome diagnose(Question question) {
        Classification failure = question.failure();
        if (!question.references().isEmpty()) {
            String difference =
                    PageCheck.difference(question.references().get(0).page(), fingerprints.page());
            if (!difference.isEmpty()) {
                explanation.say(difference);
                return Healer.refused(Healer.onWrongPage(failure, difference), explanation, difference);
            }
        }
        Optional<List<Element>> found = evaluator.find(question.locator());
        boolean ambiguous = failure.failureClass() == FailureClass.AMBIGUOUS_LOCATOR;
        if (!ambiguous && found.isPresent() && !found.get().isEmpty()) {
            String reason =
                    "The locator finds its element in the page as it was when the call gave up: it came late, or something "
                            + "else is wrong. A new locator would not help.";
            explanation.say(reason);
            return Healer.refused(failure, explanation, reason);
        }
        CandidateElements candidates = candidates(question, ambiguous ? found : Optional.empty());
        Ranking ranking = rank(question, candidates);
        explanation.ranking(ranking);
        Advised advised = Advised.of(
                ranking, new Advised.Sought(failure.locator(), failure.action(), then(question)), models.advisers());
        advised.said().forEach(explanation::say);
        return decide(question, candidates, advised);
    }

    private Adviser.Described then(Question question) {
        return question.references().stream()
                .findFirst()
                .map(reference -> Advised.described(reference.element()))
                .orElseGet(() -> Advised.unseen(LocatorWording.fingerprint(
                        question.locator(), question.failure().action(), testIdAttribute)));
    }

    private CandidateElements candidates(Question question, Optional<List<Element>> onlyThese) {
        boolean containerBefore = question.references().stream()
                .findFirst()
                .map(r -> QuerySignals.container(r.element()))
                .orElse(false);
        String action = containerBefore ? "" : question.failure().action();
        boolean innerBefore = question.references().stream()
                .findFirst()
                .map(r -> !Roles.interactive(r.element().nature().role()))
                .orElse(false);
        CandidateElements.Nesting nesting =
                innerBefore || onlyThese.isPresent() ? CandidateElements.Nesting.INNER : CandidateElements.Nesting.TOP;
        CandidateElements all = CandidateElements.of(tree, fingerprints, action, nesting);
        if (onlyThese.isPresent()) {
            return all.only(onlyThese.get());
        }
        if (question.references().isEmpty()) {
            Optional<List<Element>> scope = scope(question.locator());
            if (scope.isPresent()) {
                return all.within(scope.get());
            }
        }
        return all;
    }

    /** Without a reference, what is looked for lies below the last step that still finds something. */
    private Optional<List<Element>> scope(Locator locator) {
        for (int i = locator.steps().size() - 1; i > 0; i--) {
            List<Step> prefix = locator.steps().subList(0, i);
            Optional<List<Element>> found = evaluator.find(new Locator(prefix));
            if (found.isPresent() && !found.get().isEmpty()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Ranking rank(Question question, CandidateElements candidates) {
        if (question.references().isEmpty()) {
            Fingerprint said = LocatorWording.fingerprint(
                    question.locator(), question.failure().action(), testIdAttribute);
            return tuned(models.noReference(), models.noReference().rank(said, candidates.fingerprints(), Set.of()));
        }
        Reference newest = question.references().get(0);
        Set<Integer> others = newest.page().inventory().others(newest.element(), candidates.fingerprints());
        if (!others.isEmpty()) {
            explanation.say(
                    others.size() + " of the " + candidates.fingerprints().size()
                            + " candidates stood beside it in the passing run, just as they are now: it is none of them.");
        }
        return tuned(models.reference(), models.reference().rank(newest.element(), candidates.fingerprints(), others));
    }

    private Ranking tuned(Matcher matcher, Ranking shipped) {
        Ranking tuned = models.tuning().apply(shipped, matcher.weights().calibration());
        if (tuned.confidence() < shipped.confidence()) {
            explanation.say(String.format(
                    java.util.Locale.ROOT,
                    "More careful, because repairs of this kind were rejected in this project: %.0f %% instead of %.0f %%.",
                    100 * tuned.confidence(),
                    100 * shipped.confidence()));
        }
        return tuned;
    }

    private HealingOutcome decide(Question question, CandidateElements candidates, Advised advised) {
        Ranking ranking = advised.ranking();
        Diagnosis diagnosis = new Diagnosis(question.failure(), ranking, explanation.lines());
        boolean referenced = !question.references().isEmpty();
        boolean ambiguousClass = question.failure().failureClass() == FailureClass.AMBIGUOUS_LOCATOR;
        if (ranking.candidates().isEmpty()) {
            return notFound("The page has no element the locator could mean.", question, ranking);
        }
        if (ambiguousClass && !referenced) {
            List<Heal> choices = choices(question, candidates, ranking);
            return new HealingOutcome.Ambiguous(choices, diagnosis);
        }
        if (ranking.tier() == Tier.NONE) {
            if (twins(ranking)) {
                explanation.say("Two elements fit equally well; only a person can choose.");
                return new HealingOutcome.Ambiguous(
                        choices(question, candidates, ranking),
                        new Diagnosis(question.failure(), ranking, explanation.lines()));
            }
            return notFound(
                    "No element of the page is likely enough to be the one: it may have been removed.",
                    question,
                    ranking);
        }
        Candidate first = ranking.candidates().get(0);
        Optional<Heal> heal =
                heal(question, candidates.elements().get(first.index()), ranking.confidence(), ranking.tier());
        if (heal.isEmpty()) {
            String reason = "The element was found, but no locator without a position finds it alone.";
            explanation.say(reason);
            return new HealingOutcome.Unsupported(
                    reason, new Diagnosis(question.failure(), ranking, explanation.lines()));
        }
        Tier tier = cap(question, first, heal.get()).atMost(advised.cap());
        explanation.say(
                "New locator: " + heal.get().locator() + " (" + tier.name().toLowerCase(java.util.Locale.ROOT) + ")");
        Heal capped = new Heal(
                heal.get().locator(),
                heal.get().element(),
                heal.get().confidence(),
                tier,
                heal.get().patch());
        return new HealingOutcome.Healed(capped, new Diagnosis(question.failure(), ranking, explanation.lines()));
    }

    private HealingOutcome notFound(String reason, Question question, Ranking ranking) {
        explanation.say(reason);
        return new HealingOutcome.NotFound(reason, new Diagnosis(question.failure(), ranking, explanation.lines()));
    }

    private static boolean twins(Ranking ranking) {
        if (ranking.candidates().size() < 2) {
            return false;
        }
        Candidate first = ranking.candidates().get(0);
        Candidate second = ranking.candidates().get(1);
        return first.probability() + second.probability() > 2 * ranking.none()
                && second.probability() > 0.4 * first.probability()
                && !Features.related(first.element(), second.element());
    }

    private List<Heal> choices(Question question, CandidateElements candidates, Ranking ranking) {
        List<Heal> choices = new ArrayList<>();
        for (Candidate candidate : ranking.candidates()) {
            if (choices.size() < MAX_CHOICES) {
                heal(question, candidates.elements().get(candidate.index()), candidate.probability(), Tier.SUGGESTION)
                        .ifPresent(choices::add);
            }
        }
        return choices;
    }

    private Optional<Heal> heal(Question question, Element element, double confidence, Tier tier) {
        return synthesizer.write(question.locator(), element).map(locator -> {
            PatchOutcome patch = question.patcher()
                    .propose(
                            question.failure()
                                    .stack()
                                    .relativeTo(question.project().root()),
                            question.locator(),
                            locator,
                            question.project().sources());
            return new Heal(locator.toString(), element.toString(), confidence, tier, patch);
        });
    }

    /** Lowers the tier for every reason a person should look first. */
    private Tier cap(Question question, Candidate first, Heal heal) {
        Tier tier = heal.tier();
        if (question.references().isEmpty()) {
            explanation.say("At most a suggestion: there is no reference.");
            tier = tier.atMost(Tier.SUGGESTION);
        } else {
            Fingerprint then = question.references().get(0).element();
            boolean same = then.nature().role().equals(first.element().nature().role())
                    && then.wording().name().equals(first.element().wording().name());
            if (question.failure().failureClass() == FailureClass.MISSING_IN_ASSERTION && !same) {
                explanation.say(
                        "At most a suggestion: an assertion is concerned, and the role or name of the element changed.");
                tier = tier.atMost(Tier.SUGGESTION);
            }
        }
        List<String> named = new ArrayList<>(List.of(
                first.element().wording().name(),
                first.element().wording().text(),
                question.failure().locator()));
        question.references().forEach(then -> named.add(then.element().wording().name()));
        if (question.destructive().in(named)) {
            explanation.say("At most a suggestion: the element deletes, pays or the like.");
            tier = tier.atMost(Tier.SUGGESTION);
        }
        Optional<String> refusal =
                heal.patch().match(p -> Optional.empty(), r -> Optional.of(r.reason() + " " + r.place()));
        if (refusal.isPresent()) {
            explanation.say("At most a suggestion: " + refusal.get());
            tier = tier.atMost(Tier.SUGGESTION);
        }
        return tier;
    }
}
