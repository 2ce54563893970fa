package io.evenkeel.healing.synthesis;

import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.synthesis.Step.Family;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes single steps for an element, those in the manner of a model first. */
final class StepWriter {

    private static final int MAX_WORDING = 80;
    private static final Pattern GENERATED = Pattern.compile(
            "(?i).*(?:[0-9a-f]{8,}|\\d{4,}|:r[0-9a-z]+:|^(?:radix|mui|headlessui|react-aria|ember|ext-gen|yui)[-_:]?).*");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("^([a-zA-Z][\\w-]*)?\\[([\\w-]+)([~|^$*]?)=\\s*(['\"]?)(.*?)\\4\\s*\\]$");
    private static final Pattern ID = Pattern.compile("^([a-zA-Z][\\w-]*)?#[\\w-]+$|^id=.+$");
    private static final Pattern NUMBERS = Pattern.compile("\\s*\\(\\s*[\\d.,]+\\s*\\)\\s*$|\\s*[\\d.,]+\\s*$");

    private final Accessibility tree;
    private final String testIdAttribute;

    StepWriter(Accessibility tree, String testIdAttribute) {
        this.tree = tree;
        this.testIdAttribute = testIdAttribute;
    }

    /** Returns steps that may find the element, best first. */
    List<Step> steps(Step model, Element element) {
        Set<Step> all = new LinkedHashSet<>(like(model, element));
        all.addAll(byRole(element, model));
        all.addAll(byText(Family.LABEL, tree.label(element), model));
        all.addAll(testId(element));
        all.addAll(byText(Family.PLACEHOLDER, element.attribute("placeholder"), model));
        all.addAll(byText(Family.ALT_TEXT, element.attribute("alt"), model));
        all.addAll(byText(Family.TEXT, ownText(element), model));
        all.addAll(byText(Family.TITLE, element.attribute("title"), model));
        all.addAll(css(element));
        return new ArrayList<>(all);
    }

    private List<Step> like(Step model, Element element) {
        return model.match(new Step.Cases<>(
                role -> byRole(element, model),
                text -> switch (text.family()) {
                    case TEST_ID -> testId(element);
                    case LABEL -> byText(Family.LABEL, label(element), model);
                    case PLACEHOLDER -> byText(Family.PLACEHOLDER, element.attribute("placeholder"), model);
                    case ALT_TEXT -> byText(Family.ALT_TEXT, element.attribute("alt"), model);
                    case TITLE -> byText(Family.TITLE, element.attribute("title"), model);
                    case TEXT -> byText(Family.TEXT, ownText(element), model);
                },
                by -> selector(by.selector(), element),
                filter -> List.of(),
                new Step.Others<>(p -> List.of(), f -> List.of(), c -> List.of())));
    }

    private String label(Element element) {
        String label = tree.label(element);
        boolean byAria = element.has("aria-label") || element.has("aria-labelledby");
        return label.isEmpty() && byAria ? tree.name(element) : label;
    }

    private static String ownText(Element element) {
        return Texts.of(element);
    }

    private List<Step> byRole(Element element, Step model) {
        String role = tree.role(element);
        if (role.isEmpty() || tree.hiddenForRoles(element) || role.equals("presentation") || role.equals("none")) {
            return List.of();
        }
        Map<String, String> options = Map.of();
        Optional<TextPattern> asked = Optional.empty();
        if (model instanceof Step.ByRole by) {
            asked = by.name().stream().findFirst();
            options = by.role().equals(role) ? by.options() : Map.of();
        }
        List<Step> steps = new ArrayList<>();
        for (TextPattern pattern : patterns(tree.name(element), asked)) {
            steps.add(new Step.ByRole(role, List.of(pattern), options));
        }
        return steps;
    }

    private static List<Step> byText(Family family, String value, Step model) {
        Optional<TextPattern> asked = model instanceof Step.ByText by ? Optional.of(by.text()) : Optional.empty();
        List<Step> steps = new ArrayList<>();
        for (TextPattern pattern : patterns(value, asked)) {
            steps.add(new Step.ByText(family, pattern));
        }
        return steps;
    }

    /** Returns patterns for a wording in the manner the author asked for one: loose, exact, or a regular expression. */
    private static List<TextPattern> patterns(String wording, Optional<TextPattern> asked) {
        String text = wording.replaceAll("\\s+", " ").strip();
        if (text.isEmpty() || text.length() > MAX_WORDING) {
            return List.of();
        }
        String stable = NUMBERS.matcher(text).replaceAll("").strip();
        List<TextPattern> patterns = new ArrayList<>();
        boolean exact = asked.filter(a -> a instanceof TextPattern.Exact).isPresent();
        asked.ifPresent(a -> a.match(
                l -> false,
                e -> patterns.add(new TextPattern.Exact(text)),
                r -> patterns.add(likeRegex(r, stable, text))));
        if (!stable.isEmpty() && !stable.equals(text) && stable.length() >= 3 && !exact) {
            patterns.add(new TextPattern.Loose(stable));
        }
        patterns.add(new TextPattern.Loose(text));
        patterns.add(new TextPattern.Exact(text));
        return patterns;
    }

    private static TextPattern likeRegex(TextPattern.Regex old, String stable, String text) {
        String words = (stable.isEmpty() ? text : stable).replaceAll("([\\\\^$.*+?()\\[\\]{}|/])", "\\\\$1");
        String start = old.source().startsWith("^") ? "^" : "";
        String end = old.source().endsWith("$") ? "$" : "";
        String source = old.flags().contains("i") ? words.toLowerCase(Locale.ROOT) : words;
        return new TextPattern.Regex(start + source + end, old.flags());
    }

    List<Step> testId(Element element) {
        String value = element.attribute(testIdAttribute);
        return value.isEmpty() ? List.of() : List.of(new Step.ByText(Family.TEST_ID, new TextPattern.Loose(value)));
    }

    List<Step> cssId(Element element) {
        String id = element.attribute("id");
        return id.isEmpty() || GENERATED.matcher(id).matches()
                ? List.of()
                : List.of(new Step.BySelector("#" + CssSelector.escape(id)));
    }

    /** Writes the frame element itself. */
    Step frame(Element frame) {
        for (String attribute : List.of("id", "name", "title")) {
            String value = frame.attribute(attribute);
            if (!value.isEmpty() && CssSelector.quotable(Map.of(attribute, value))) {
                return new Step.BySelector("iframe[" + attribute + "=\"" + value + "\"]");
            }
        }
        return new Step.BySelector("iframe");
    }

    /** Keeps the form of the old selector: an attribute of the same name, an id, classes, a text. */
    private List<Step> selector(String old, Element element) {
        List<Step> steps = new ArrayList<>();
        java.util.regex.Matcher attribute = ATTRIBUTE.matcher(old);
        if (old.startsWith("text=")) {
            steps.addAll(textEngine(old, element));
        } else if (attribute.matches()) {
            String value = element.attribute(attribute.group(2));
            String tag = attribute.group(1) == null ? "" : element.tag();
            String mark = attribute.group(4).isEmpty() ? "\"" : attribute.group(4);
            if (!value.isEmpty()
                    && !value.contains(mark)
                    && !GENERATED.matcher(value).matches()) {
                steps.add(new Step.BySelector(tag + "[" + attribute.group(2) + "=" + mark + value + mark + "]"));
            }
        } else if (ID.matcher(old).matches()) {
            String tag = old.matches("^[a-zA-Z][\\w-]*#.*") ? element.tag() : "";
            for (Step step : cssId(element)) {
                String selector = ((Step.BySelector) step).selector();
                steps.add(
                        new Step.BySelector(old.startsWith("id=") ? "id=" + element.attribute("id") : tag + selector));
            }
        } else if (old.matches("^[a-zA-Z]*(\\.[\\w-]+)+$")) {
            steps.addAll(classes(element));
        }
        return steps;
    }

    private static List<Step> textEngine(String old, Element element) {
        String text = Texts.of(element);
        boolean quoted = old.startsWith("text=\"");
        return text.isEmpty() || text.length() > MAX_WORDING || text.contains("\"")
                ? List.of()
                : List.of(new Step.BySelector("text=" + (quoted ? "\"" + text + "\"" : text)));
    }

    private static List<Step> classes(Element element) {
        List<Step> steps = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (String token : element.attribute("class").split("\\s+")) {
            if (token.matches("[a-zA-Z][\\w-]*")
                    && !GENERATED.matcher(token).matches()
                    && !token.matches("(?:css|sc|jsx)-.*")) {
                tokens.add(token);
            }
        }
        for (String token : tokens) {
            steps.add(new Step.BySelector(element.tag() + "." + token));
        }
        if (tokens.size() > 1) {
            steps.add(new Step.BySelector(element.tag() + "." + String.join(".", tokens)));
        }
        return steps;
    }

    private List<Step> css(Element element) {
        List<Step> steps = new ArrayList<>(cssId(element));
        for (String attribute : List.of("name", "href", "type", "value")) {
            String value = element.attribute(attribute);
            boolean plain = !value.isEmpty()
                    && value.length() <= MAX_WORDING
                    && CssSelector.quotable(Map.of(attribute, value))
                    && !GENERATED.matcher(value).matches();
            if (plain) {
                steps.add(new Step.BySelector(element.tag() + "[" + attribute + "=\"" + value + "\"]"));
            }
        }
        steps.addAll(classes(element));
        return steps;
    }

    /** Returns the step with its text taken exactly, or the step itself if that is not possible. */
    static Step exactly(Step step) {
        if (step instanceof Step.ByRole by
                && by.name().size() == 1
                && by.name().get(0) instanceof TextPattern.Loose loose) {
            return new Step.ByRole(by.role(), List.of(new TextPattern.Exact(loose.value())), by.options());
        }
        if (step instanceof Step.ByText by
                && by.family() != Family.TEST_ID
                && by.text() instanceof TextPattern.Loose loose) {
            return new Step.ByText(by.family(), new TextPattern.Exact(loose.value()));
        }
        return step;
    }
}
