package io.evenkeel.bench.heal;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.healing.CandidateElements;
import io.evenkeel.healing.classify.Classification;
import io.evenkeel.healing.classify.FailureClassifier;
import io.evenkeel.healing.classify.ReportedError;
import io.evenkeel.healing.html.HtmlReader;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Fingerprints;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.LocatorEvaluator;
import io.evenkeel.healing.synthesis.LocatorWording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads failed locators with the page they failed on (robotframework-heal format): no reference exists. */
final class QueryFixtures {

    private QueryFixtures() {}

    static boolean recognises(JsonNode root) {
        return root.isArray()
                && root.path(0).has("failed_locator")
                && root.path(0).has("dom");
    }

    /** Returns a present and a removed case for each fixture whose truth is one element of its page. */
    static List<HealCase> cases(JsonNode root) {
        List<HealCase> cases = new ArrayList<>();
        for (JsonNode fixture : root) {
            Accessibility tree =
                    new Accessibility(HtmlReader.read(fixture.path("dom").asText(), ""));
            LocatorEvaluator evaluator = new LocatorEvaluator(tree, "data-testid");
            String css = fixture.path("truth_css").asText();
            Optional<Element> truth = evaluator
                    .find(Locator.of(new io.evenkeel.healing.synthesis.Step.BySelector(css)))
                    .filter(found -> found.size() == 1)
                    .map(found -> found.get(0));
            truth.ifPresent(element -> add(cases, fixture, tree, element));
        }
        return cases;
    }

    private static void add(List<HealCase> cases, JsonNode fixture, Accessibility tree, Element truth) {
        ReportedError error = new ReportedError(fixture.path("error_message").asText(), "", CallSite.UNKNOWN);
        Classification failure = new FailureClassifier().classify(List.of(error));
        Locator locator = Locator.parse(failure.locator())
                .orElseGet(() -> Locator.of(new io.evenkeel.healing.synthesis.Step.BySelector(
                        fixture.path("failed_locator").asText())));
        Fingerprint query = LocatorWording.fingerprint(locator, failure.action(), "data-testid");
        CandidateElements candidates = CandidateElements.of(
                tree, new Fingerprints(tree, "data-testid"), failure.action(), CandidateElements.Nesting.TOP);
        int index = candidates.elements().indexOf(truth);
        Set<Integer> right = index < 0 ? Set.of() : Set.of(index);
        HealCase present = new HealCase(fixture.path("app").asText(), query, candidates.fingerprints(), right, true);
        cases.add(present);
        Set<Integer> removed = new HashSet<>();
        for (int i = 0; i < candidates.elements().size(); i++) {
            Element element = candidates.elements().get(i);
            if (truth.contains(element) || element.contains(truth)) {
                removed.add(i);
            }
        }
        cases.add(present.without(removed));
    }
}
