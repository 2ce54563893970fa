package io.evenkeel.healing.synthesis;

import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.synthesis.Step.Condition;
import io.evenkeel.healing.synthesis.Step.Family;
import io.evenkeel.healing.synthesis.Step.Filter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Writes a new locator for an element in the manner of the old one.
 *
 * <p>Only the step that broke is replaced where that is enough. For the new step the author's own family is tried first, then
 * Playwright's order: role and name, label, test id, placeholder, alternative text, text, title, CSS last; where none is unique, a
 * container is put before it. Positions ({@code nth}, {@code first}) are never added. Every locator is evaluated: it must find this
 * element and nothing else, and a probe that can be asked must agree. One thread.
 */
public final class Synthesizer {

    private static final int MAX_WORDING = 80;
    private static final int MAX_CONTAINERS = 12;
    private static final int MAX_TRIED = 400;
    private static final Set<String> ITEMS = Set.of("row", "listitem", "article");

    private final Accessibility tree;
    private final LocatorEvaluator evaluator;
    private final StepWriter writer;
    private final LocatorProbe probe;
    private int tried;

    /**
     * Prepares the writing of locators for one page.
     *
     * @param probe a real engine to confirm with; {@link LocatorProbe#none()} if there is none
     */
    public Synthesizer(Accessibility tree, LocatorEvaluator evaluator, String testIdAttribute, LocatorProbe probe) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.writer = new StepWriter(tree, testIdAttribute);
        this.probe = probe;
    }

    /**
     * Returns a locator that finds the element and nothing else.
     *
     * @param old the broken or ambiguous locator
     * @param target an element of the page
     * @return empty if no unique locator without a position could be written
     */
    public Optional<Locator> write(Locator old, Element target) {
        tried = 0;
        for (Locator candidate : candidates(old, target)) {
            if (!candidate.equals(old) && finds(candidate, target)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean finds(Locator candidate, Element target) {
        if (++tried > MAX_TRIED) {
            return false;
        }
        Optional<List<Element>> found = evaluator.find(candidate);
        boolean unique =
                found.isPresent() && found.get().size() == 1 && found.get().get(0) == target;
        if (!unique) {
            return false;
        }
        OptionalInt confirmed = probe.count(candidate);
        return confirmed.isEmpty() || confirmed.getAsInt() == 1;
    }

    private Iterable<Locator> candidates(Locator old, Element target) {
        Set<Locator> all = new LinkedHashSet<>();
        List<Step> steps = old.steps();
        int broken = broken(old);
        List<Step> rest = steps.subList(broken + 1, steps.size());
        List<Step> restWithoutPicks = withoutPicks(rest);
        List<Step> prefix = steps.subList(0, broken);
        Step model = steps.get(broken);
        if (ambiguous(old)) {
            narrowed(old, target, all);
        }
        boolean inside = prefix.isEmpty() || covers(prefix, target);
        if (inside) {
            // the author's chain with only the broken step replaced
            List<Element> meant = new ArrayList<>(List.of(target));
            if (!restWithoutPicks.isEmpty()) {
                target.parent().ifPresent(p -> meant.addAll(ancestors(target)));
            }
            for (Element element : meant) {
                for (Step step : writer.steps(model, element)) {
                    all.add(join(prefix, step, restWithoutPicks));
                }
            }
            for (Step step : writer.steps(model, target)) {
                all.add(join(prefix, step, List.of()));
            }
            contained(prefix, model, target, all);
        }
        List<Step> frame = framePrefix(steps, target);
        for (Step step : writer.steps(model, target)) {
            all.add(join(frame, step, List.of()));
        }
        contained(frame, model, target, all);
        if (inside && rest.size() != restWithoutPicks.size()) {
            for (Step step : writer.steps(model, target)) {
                all.add(join(prefix, step, rest)); // the author picked by position; keep that rather than fail
            }
        }
        return all;
    }

    private boolean ambiguous(Locator old) {
        return evaluator.find(old).filter(found -> found.size() > 1).isPresent();
    }

    /** The old locator, narrowed: a container before it, or its text taken exactly. */
    private void narrowed(Locator old, Element target, Set<Locator> all) {
        List<Step> exact = new ArrayList<>(old.steps());
        exact.set(exact.size() - 1, StepWriter.exactly(old.last()));
        all.add(new Locator(exact));
        for (Element container : ancestors(target)) {
            for (Step step : containers(container)) {
                all.add(Locator.of(step).then(old));
            }
            for (List<Step> item : items(container, target)) {
                all.add(new Locator(item).then(old));
            }
        }
    }

    /** Returns the first step after which nothing is found; the last step if all find something or cannot be evaluated. */
    private int broken(Locator old) {
        for (int i = 0; i < old.steps().size(); i++) {
            boolean frame = old.steps().get(i) instanceof Step.Frame;
            Optional<List<Element>> found =
                    evaluator.find(new Locator(old.steps().subList(0, i + 1)));
            if (!frame && found.isPresent() && found.get().isEmpty()) {
                return i;
            }
        }
        int last = old.steps().size() - 1;
        while (last > 0
                && (old.steps().get(last) instanceof Step.Pick || old.steps().get(last) instanceof Step.Filter)) {
            last--;
        }
        return last;
    }

    private boolean covers(List<Step> prefix, Element target) {
        boolean frame = prefix.get(prefix.size() - 1) instanceof Step.Frame;
        Optional<List<Element>> found = evaluator.find(new Locator(prefix));
        return found.isPresent()
                && (frame || found.get().size() <= 5)
                && found.get().stream().anyMatch(e -> e != target && e.contains(target));
    }

    private static List<Step> withoutPicks(List<Step> steps) {
        List<Step> kept = new ArrayList<>(steps);
        kept.removeIf(s -> s instanceof Step.Pick);
        return kept;
    }

    private static Locator join(List<Step> prefix, Step step, List<Step> rest) {
        List<Step> all = new ArrayList<>(prefix);
        all.add(step);
        all.addAll(rest);
        return new Locator(all);
    }

    private void contained(List<Step> prefix, Step model, Element target, Set<Locator> all) {
        for (Element container : ancestors(target)) {
            List<List<Step>> before = new ArrayList<>(items(container, target));
            for (Step step : containers(container)) {
                before.add(List.of(step));
            }
            for (List<Step> steps : before) {
                List<Step> start = new ArrayList<>(prefix);
                start.addAll(steps);
                for (Step step : writer.steps(model, target)) {
                    all.add(join(start, step, List.of()));
                }
            }
        }
    }

    private static List<Element> ancestors(Element target) {
        List<Element> ancestors = new ArrayList<>();
        for (Optional<Element> at = target.parent();
                at.isPresent() && at.get().frame() == target.frame() && ancestors.size() < MAX_CONTAINERS;
                at = at.get().parent()) {
            if (!at.get().tag().equals("body") && !at.get().tag().equals("html")) {
                ancestors.add(at.get());
            }
        }
        return ancestors;
    }

    private List<Step> containers(Element container) {
        List<Step> steps = new ArrayList<>(writer.testId(container));
        String role = tree.role(container);
        String name = tree.name(container);
        boolean landmark = Set.of(
                        "main",
                        "navigation",
                        "banner",
                        "contentinfo",
                        "dialog",
                        "form",
                        "search",
                        "complementary",
                        "region",
                        "table",
                        "tabpanel",
                        "group")
                .contains(role);
        if (landmark && !name.isEmpty() && name.length() <= MAX_WORDING) {
            steps.add(new Step.ByRole(role, List.of(new TextPattern.Loose(name)), java.util.Map.of()));
        } else if (landmark) {
            steps.add(new Step.ByRole(role, List.of(), java.util.Map.of()));
        }
        steps.addAll(writer.cssId(container));
        return steps;
    }

    /** A row, list item or card told from the others by its heading or first words. */
    private List<List<Step>> items(Element container, Element target) {
        String role = tree.role(container);
        if (!ITEMS.contains(role)) {
            return List.of();
        }
        List<List<Step>> found = new ArrayList<>();
        for (Element inner : tree.snapshot().elements()) {
            boolean words = inner != target
                    && container.contains(inner)
                    && !inner.contains(target)
                    && (tree.role(inner).equals("heading") || inner.children().isEmpty());
            String text = words ? inner.text(MAX_WORDING + 1) : "";
            if (!text.isEmpty() && text.length() <= 40 && found.size() < 4 && !text.matches(".*\\d.*")) {
                Step filter = new Filter(Filter.Kind.HAS_TEXT, Condition.of(new TextPattern.Loose(text)));
                found.add(List.of(new Step.ByRole(role, List.of(), java.util.Map.of()), filter));
            }
        }
        return found;
    }

    /** The steps that enter the document of the target: the author's own, else the frame by its id, name or title. */
    private List<Step> framePrefix(List<Step> steps, Element target) {
        if (target.frame() == 0) {
            return List.of();
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof Step.Frame && covers(steps.subList(0, i + 1), target)) {
                return steps.subList(0, i + 1);
            }
        }
        List<Step> path = new ArrayList<>();
        for (Optional<Element> at = Optional.of(target);
                at.isPresent();
                at = at.get().parent()) {
            Optional<Element> parent = at.get().parent();
            if (parent.isPresent() && parent.get().frame() != at.get().frame()) {
                path.add(0, new Step.Frame());
                path.add(0, writer.frame(parent.get()));
            }
        }
        return path;
    }

    /** Returns the family of {@code getBy…} methods a step belongs to, for explanations. */
    public static String family(Step step) {
        return step.match(new Step.Cases<>(
                r -> "getByRole",
                t -> t.family().method(),
                s -> "locator",
                f -> "filter",
                new Step.Others<>(p -> "position", f -> "frame", c -> c.method())));
    }

    /** Returns whether a step is of a family whose text is a test id. */
    static boolean isTestId(Step step) {
        return step instanceof Step.ByText by && by.family() == Family.TEST_ID;
    }
}
