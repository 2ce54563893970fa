package io.evenkeel.healing.synthesis;

import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds the elements a locator means on a snapshot, by Playwright's rules as far as a document without style sheets allows.
 *
 * <p>One thread.
 */
public final class LocatorEvaluator {

    private final Accessibility tree;
    private final String testIdAttribute;
    private final List<Element> elements;
    private final int[] ends;

    /**
     * Prepares the evaluation over one page.
     *
     * @param testIdAttribute the attribute of {@code getByTestId}
     */
    public LocatorEvaluator(Accessibility tree, String testIdAttribute) {
        this.tree = tree;
        this.testIdAttribute = testIdAttribute.toLowerCase(Locale.ROOT);
        this.elements = tree.snapshot().elements();
        this.ends = new int[elements.size()];
        for (int i = elements.size() - 1; i >= 0; i--) {
            ends[i] = Math.max(ends[i], i + 1);
            int end = ends[i];
            elements.get(i).parent().ifPresent(p -> ends[p.index()] = Math.max(ends[p.index()], end));
        }
    }

    /** Where to look: below an element, in one document. */
    private record Scope(int from, int to, int frame) {}

    /**
     * Returns the elements in document order.
     *
     * @return empty if the locator holds something that cannot be evaluated on a snapshot, such as XPath or {@code :hover}
     */
    public Optional<List<Element>> find(Locator locator) {
        try {
            return Optional.of(find(locator, new Scope(0, elements.size(), 0)));
        } catch (NotEvaluableException e) {
            return Optional.empty();
        }
    }

    /** The locator asks for what a snapshot does not hold. */
    private static final class NotEvaluableException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private List<Element> find(Locator locator, Scope start) throws NotEvaluableException {
        List<Scope> scopes = List.of(start);
        List<Element> found = List.of();
        for (Step step : locator.steps()) {
            if (step instanceof Step.Frame) {
                scopes = documents(found);
            } else {
                found = apply(step, found, scopes);
                scopes = below(found);
            }
        }
        return found;
    }

    private List<Scope> below(List<Element> found) {
        List<Scope> scopes = new ArrayList<>();
        for (Element element : found) {
            scopes.add(new Scope(element.index() + 1, ends[element.index()], element.frame()));
        }
        return scopes;
    }

    private List<Scope> documents(List<Element> frames) {
        List<Scope> scopes = new ArrayList<>();
        for (Element frame : frames) {
            for (Element child : frame.children()) {
                if (child.frame() != frame.frame()) {
                    scopes.add(new Scope(child.index(), ends[child.index()], child.frame()));
                }
            }
        }
        return scopes;
    }

    private List<Element> apply(Step step, List<Element> found, List<Scope> scopes) throws NotEvaluableException {
        if (step instanceof Step.Filter filter) {
            return filter(filter, found);
        }
        if (step instanceof Step.Pick pick) {
            int index = pick.position() < 0 ? found.size() + pick.position() : pick.position();
            return index >= 0 && index < found.size() ? List.of(found.get(index)) : List.of();
        }
        if (step instanceof Step.Combine combine) {
            return combine(combine, found);
        }
        if (step instanceof Step.BySelector by) {
            return selector(by.selector(), scopes);
        }
        Predicate<Element> test = step instanceof Step.ByRole role
                ? role(role)
                : step instanceof Step.ByText text ? text(text) : e -> false;
        return all(scopes, test);
    }

    private List<Element> all(List<Scope> scopes, Predicate<Element> test) {
        TreeSet<Element> matched = new TreeSet<>(Comparator.comparingInt(Element::index));
        for (Scope scope : scopes) {
            for (int i = scope.from(); i < scope.to(); i++) {
                Element element = elements.get(i);
                if (element.frame() == scope.frame() && test.test(element)) {
                    matched.add(element);
                }
            }
        }
        return new ArrayList<>(matched);
    }

    private Predicate<Element> role(Step.ByRole by) throws NotEvaluableException {
        List<Predicate<Element>> options = new ArrayList<>();
        for (Map.Entry<String, String> option : by.options().entrySet()) {
            options.add(option(option.getKey(), option.getValue()));
        }
        boolean includeHidden = "true".equals(by.options().get("includeHidden"));
        return e -> tree.role(e).equals(by.role())
                && (includeHidden || !tree.hiddenForRoles(e))
                && by.name().stream().allMatch(name -> name.matches(tree.name(e)))
                && options.stream().allMatch(o -> o.test(e));
    }

    private Predicate<Element> option(String key, String value) throws NotEvaluableException {
        boolean wanted = value.equals("true");
        return switch (key) {
            case "level" ->
                e -> value.equals(
                        e.has("aria-level")
                                ? e.attribute("aria-level")
                                : e.tag().substring(e.tag().length() - 1));
            case "includeHidden" -> e -> true;
            case "disabled" ->
                e -> wanted
                        == (e.has("disabled") || e.attribute("aria-disabled").equals("true"));
            case "checked" ->
                e -> wanted
                        == ((e.has("checked") && !e.attribute("checked").equals("false"))
                                || e.attribute("aria-checked").equals("true"));
            case "expanded", "pressed", "selected" ->
                e -> wanted == e.attribute("aria-" + key).equals("true");
            default -> throw new NotEvaluableException();
        };
    }

    private Predicate<Element> text(Step.ByText by) {
        TextPattern pattern = by.text();
        return switch (by.family()) {
            case TEXT -> e -> Texts.smallest(e, pattern);
            case LABEL -> e -> labelled(e, pattern);
            case PLACEHOLDER -> e -> e.has("placeholder") && pattern.matches(collapse(e.attribute("placeholder")));
            case ALT_TEXT -> e -> e.has("alt") && pattern.matches(collapse(e.attribute("alt")));
            case TITLE -> e -> e.has("title") && pattern.matches(collapse(e.attribute("title")));
            case TEST_ID -> e -> e.has(testIdAttribute) && testId(pattern, e.attribute(testIdAttribute));
        };
    }

    private static boolean testId(TextPattern pattern, String value) {
        return pattern.match(l -> l.value().equals(value), x -> x.value().equals(value), r -> r.matches(value));
    }

    private boolean labelled(Element e, TextPattern pattern) {
        String label = tree.label(e);
        boolean byAria = e.has("aria-label") || e.has("aria-labelledby");
        return (!label.isEmpty() && pattern.matches(label)) || (byAria && pattern.matches(tree.name(e)));
    }

    private static String collapse(String value) {
        return value.replaceAll("\\s+", " ").strip();
    }

    private List<Element> filter(Step.Filter filter, List<Element> found) throws NotEvaluableException {
        List<Element> kept = new ArrayList<>();
        for (Element element : found) {
            boolean keep = switch (filter.kind()) {
                case HAS_TEXT -> filter.condition().text().get(0).matches(Texts.of(element));
                case HAS_NOT_TEXT -> !filter.condition().text().get(0).matches(Texts.of(element));
                case HAS -> has(element, filter.condition().inner().get(0));
                case HAS_NOT -> !has(element, filter.condition().inner().get(0));
                case VISIBLE -> filter.condition().flag().equals("false") == tree.hidden(element);
            };
            if (keep) {
                kept.add(element);
            }
        }
        return kept;
    }

    private boolean has(Element element, Locator inner) throws NotEvaluableException {
        return !find(inner, new Scope(element.index() + 1, ends[element.index()], element.frame()))
                .isEmpty();
    }

    private List<Element> combine(Step.Combine combine, List<Element> found) throws NotEvaluableException {
        List<Element> other = find(combine.other(), new Scope(0, elements.size(), 0));
        TreeSet<Element> result = new TreeSet<>(Comparator.comparingInt(Element::index));
        result.addAll(found);
        if (combine.method().equals("and")) {
            result.retainAll(other);
        } else {
            result.addAll(other);
        }
        return new ArrayList<>(result);
    }

    private List<Element> selector(String selector, List<Scope> scopes) throws NotEvaluableException {
        List<Element> found = List.of();
        List<Scope> at = scopes;
        for (String part : selector.split("\\s*>>\\s*")) {
            if (part.startsWith("nth=")) {
                found = apply(new Step.Pick(position(part)), found, at);
            } else if (part.startsWith("visible=")) {
                boolean wanted = part.endsWith("true");
                found = found.stream().filter(e -> tree.hidden(e) != wanted).toList();
            } else {
                found = all(at, engine(part.strip()));
            }
            at = below(found);
        }
        return found;
    }

    private static int position(String part) throws NotEvaluableException {
        try {
            return Integer.parseInt(part.substring("nth=".length()).strip());
        } catch (NumberFormatException e) {
            throw new NotEvaluableException();
        }
    }

    private Predicate<Element> engine(String selector) throws NotEvaluableException {
        if (selector.startsWith("text=") || selector.startsWith("\"") || selector.startsWith("'")) {
            String text = selector.startsWith("text=") ? selector.substring(5).strip() : selector;
            boolean quoted =
                    text.length() > 1 && "\"'".indexOf(text.charAt(0)) >= 0 && text.endsWith(text.substring(0, 1));
            boolean regex = text.length() > 1 && text.startsWith("/") && text.lastIndexOf('/') > 0;
            TextPattern pattern = quoted
                    ? new TextPattern.Exact(text.substring(1, text.length() - 1))
                    : regex
                            ? new TextPattern.Regex(
                                    text.substring(1, text.lastIndexOf('/')), text.substring(text.lastIndexOf('/') + 1))
                            : new TextPattern.Loose(text);
            return e -> Texts.smallest(e, pattern);
        }
        for (String attribute : List.of("id", "data-testid", "data-test-id", "data-test")) {
            if (selector.startsWith(attribute + "=")) {
                String value =
                        selector.substring(attribute.length() + 1).strip().replaceAll("^\"|\"$", "");
                return e -> e.attribute(attribute).equals(value);
            }
        }
        String css = selector.startsWith("css=") ? selector.substring(4) : selector;
        return CssSelector.compile(css, tree).orElseThrow(NotEvaluableException::new);
    }
}
