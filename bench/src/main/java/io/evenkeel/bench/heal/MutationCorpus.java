package io.evenkeel.bench.heal;

import io.evenkeel.healing.CandidateElements;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Fingerprints;
import io.evenkeel.healing.reference.Inventory;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.Roles;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.LocatorEvaluator;
import io.evenkeel.healing.synthesis.LocatorWording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cases of our own: pages by {@link PageFactory}, later versions by {@link PageMutator}, truth by construction, half of them with the
 * element removed.
 *
 * <p>The same seed and size give the same cases. Pure.
 */
final class MutationCorpus {

    private static final String TEST_ID = "data-testid";
    private static final int TARGETS = 6;
    private static final double[] SEVERITIES = {0.05, 0.15, 0.3, 0.5, 0.7};

    private final List<HealCase> referenced = new ArrayList<>();
    private final List<HealCase> queried = new ArrayList<>();

    private final Consumer<Version> versions;

    private MutationCorpus(Consumer<Version> versions) {
        this.versions = versions;
    }

    /**
     * One broken locator with both of its pages.
     *
     * @param present whether it is on the new page
     */
    record Version(String group, MutableNode old, MutableNode now, Meant meant, boolean present) {}

    /**
     * The element meant.
     *
     * @param key the same on both pages
     * @param locators that find it on the old page and nothing on the new one
     */
    record Meant(int key, String action, List<Locator> locators) {}

    /**
     * Makes a corpus.
     *
     * @param pages number of pages
     * @param seed of the first page
     */
    static MutationCorpus of(int pages, long seed) {
        return of(pages, seed, version -> {});
    }

    /**
     * Makes a corpus and hands over its pages as they are made.
     *
     * @param versions is told every broken locator, in order
     */
    static MutationCorpus of(int pages, long seed, Consumer<Version> versions) {
        MutationCorpus corpus = new MutationCorpus(versions);
        for (int i = 0; i < pages; i++) {
            corpus.page(seed + i);
        }
        return corpus;
    }

    HealDataset reference() {
        return new HealDataset("mutations", HealDataset.REFERENCE, referenced);
    }

    HealDataset noReference() {
        return new HealDataset("mutations", HealDataset.NO_REFERENCE, queried);
    }

    /** Returns some of the cases with reference, their pages filled up with elements of other pages to a number of candidates. */
    HealDataset crowded(int size) {
        List<Fingerprint> crowd = new ArrayList<>();
        referenced.forEach(one -> crowd.addAll(one.candidates()));
        List<HealCase> cases = new ArrayList<>();
        for (int i = 0; i < referenced.size(); i += 10) {
            HealCase one = referenced.get(i);
            List<Fingerprint> candidates = new ArrayList<>(one.candidates());
            for (int k = 0; candidates.size() < size; k++) {
                candidates.add(crowd.get((int) ((i * 131L + k * 37L) % crowd.size())));
            }
            cases.add(new HealCase(one.group(), one.old(), candidates, one.right(), true, one.others()));
        }
        return new HealDataset("mutations-" + size, HealDataset.REFERENCE, cases);
    }

    private void page(long seed) {
        PageFactory factory = new PageFactory(seed);
        PageMutator mutator = new PageMutator(factory);
        MutableNode old = factory.page();
        MutableNode.Built before = old.build("http://app.example/list");
        Accessibility tree = new Accessibility(before.page());
        Fingerprints fingerprints = new Fingerprints(tree, TEST_ID);
        Inventory inventory = fingerprints.inventory();
        List<Element> targets = new ArrayList<>();
        for (Element element : before.page().elements()) {
            if (target(tree, element, factory)) {
                targets.add(element);
            }
        }
        Collections.shuffle(targets, new java.util.Random(seed));
        for (Element target : targets.subList(0, Math.min(TARGETS, targets.size()))) {
            double severity = SEVERITIES[factory.random().nextInt(SEVERITIES.length)];
            Past past = new Past(
                    target, fingerprints.of(target), before.key(target), queries(tree, target), inventory, old);
            MutableNode later = mutator.later(old, severity);
            byKey(later, past.key()).ifPresent(node -> mutator.breakTarget(later, node));
            add("page-" + seed, past, later, factory);
            MutableNode gone = mutator.later(old, severity);
            byKey(gone, past.key()).ifPresent(node -> mutator.removeTarget(gone, node));
            add("page-" + seed, past, gone, factory);
        }
    }

    /** What is acted on, and sometimes what lies inside it or is only read. */
    private static boolean target(Accessibility tree, Element element, PageFactory factory) {
        String role = tree.role(element);
        if (element.tag().equals("option")) {
            return false;
        }
        return Roles.interactive(role)
                || (element.tag().equals("a") && factory.chance(50))
                || (Set.of("span", "svg", "i", "label", "h3").contains(element.tag()) && factory.chance(12));
    }

    /** The element before, and the locators a test may have used. */
    private record Past(
            Element element,
            Fingerprint fingerprint,
            int key,
            List<Locator> locators,
            Inventory inventory,
            MutableNode page) {}

    private static Optional<MutableNode> byKey(MutableNode html, int key) {
        return html.all().stream().filter(n -> n.key == key).findFirst();
    }

    private void add(String group, Past past, MutableNode html, PageFactory factory) {
        MutableNode.Built now = html.build("http://app.example/list");
        Accessibility tree = new Accessibility(now.page());
        String action = action(past);
        boolean inner = !Roles.interactive(past.fingerprint().nature().role()) || factory.chance(20);
        CandidateElements candidates = CandidateElements.of(
                tree,
                new Fingerprints(tree, TEST_ID),
                action,
                inner ? CandidateElements.Nesting.INNER : CandidateElements.Nesting.TOP);
        Set<Integer> right = new HashSet<>();
        boolean found = false;
        for (int i = 0; i < candidates.elements().size(); i++) {
            Element element = candidates.elements().get(i);
            boolean self = now.key(element) == past.key();
            found |= self;
            if (self
                    || element.parent().filter(p -> now.key(p) == past.key()).isPresent()
                    || element.children().stream().anyMatch(c -> now.key(c) == past.key())) {
                right.add(i);
            }
        }
        if (byKey(html, past.key()).isPresent() != found) {
            return; // the change made it no candidate, for example an input that became text
        }
        LocatorEvaluator evaluator = new LocatorEvaluator(tree, TEST_ID);
        List<Locator> broken = new ArrayList<>(past.locators());
        broken.removeIf(l -> evaluator.find(l).filter(List::isEmpty).isEmpty());
        if (broken.isEmpty()) {
            return; // nothing would have been asked: every locator still finds something
        }
        versions.accept(new Version(
                group,
                past.page(),
                html,
                new Meant(past.key(), action, broken),
                byKey(html, past.key()).isPresent()));
        Blur blur = Blur.pick(factory.random());
        referenced.add(new HealCase(
                group,
                blur.past(past.fingerprint()),
                candidates.fingerprints().stream().map(blur::now).toList(),
                right,
                true,
                blur == Blur.NONE ? past.inventory().others(past.fingerprint(), candidates.fingerprints()) : Set.of()));
        for (Locator locator : broken) {
            if (locator.toString().contains("nth-of-type")) {
                continue; // says nothing of the element itself
            }
            Fingerprint query = LocatorWording.fingerprint(locator, action, TEST_ID);
            queried.add(new HealCase(group, query, candidates.fingerprints(), right, true));
        }
    }

    private static String action(Past past) {
        String role = past.fingerprint().nature().role();
        if (Roles.editable(role) && !past.element().tag().equals("select")) {
            return "fill";
        }
        return past.element().tag().equals("select") ? "selectOption" : role.equals("checkbox") ? "check" : "click";
    }

    /** The kind of selector that holds on to the structure: three steps with positions. */
    private static String structure(Element element) {
        String css = "";
        Optional<Element> at = Optional.of(element);
        for (int i = 0; i < 3 && at.isPresent(); i++) {
            Element here = at.get();
            long before = here.parent().stream()
                    .flatMap(p -> p.children().stream())
                    .takeWhile(s -> s != here)
                    .filter(s -> s.tag().equals(here.tag()))
                    .count();
            css = here.tag() + ":nth-of-type(" + (before + 1) + ")" + (css.isEmpty() ? "" : " > " + css);
            at = here.parent();
        }
        return css;
    }

    private static List<Locator> queries(Accessibility tree, Element element) {
        List<String> codes = new ArrayList<>();
        String name = tree.name(element).replace("'", "");
        if (!name.isEmpty()) {
            codes.add("getByRole('" + tree.role(element) + "', { name: '" + name + "' })");
        }
        if (element.has(TEST_ID)) {
            codes.add("getByTestId('" + element.attribute(TEST_ID) + "')");
        }
        if (element.has("id")) {
            codes.add("locator('#" + element.attribute("id") + "')");
        }
        if (!tree.label(element).isEmpty()) {
            codes.add("getByLabel('" + tree.label(element).replace("'", "") + "')");
        }
        codes.add("locator('" + structure(element) + "')");
        List<Locator> locators = new ArrayList<>();
        codes.forEach(code -> Locator.parse(code).ifPresent(locators::add));
        return locators;
    }
}
