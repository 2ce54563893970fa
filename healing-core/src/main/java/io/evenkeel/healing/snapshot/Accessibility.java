package io.evenkeel.healing.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Roles, accessible names and visibility of the elements of one snapshot, as far as the document alone tells them.
 *
 * <p>Follows <a href="https://www.w3.org/TR/accname-1.2/">accname-1.2</a> in Playwright's reading; style sheets are unknown, so an
 * element hidden by a class counts as visible. One thread; results are kept.
 */
public final class Accessibility {

    private static final int NAME_LIMIT = 400;
    private static final Set<String> NEVER_SHOWN =
            Set.of("head", "script", "style", "template", "noscript", "meta", "link", "title", "base");
    private static final Set<String> SECTIONING = Set.of("article", "aside", "main", "nav", "section");
    private static final Set<String> LABELLED =
            Set.of("input", "select", "textarea", "button", "meter", "output", "progress");

    private final DomSnapshot snapshot;
    private final Map<String, Element> byId = new HashMap<>();
    private final Map<String, List<Element>> labelsByTarget = new HashMap<>();
    private final @Nullable String[] roles;
    private final @Nullable String[] names;
    private final @Nullable Boolean[] hidden;

    /** Prepares the look-ups of a snapshot. */
    public Accessibility(DomSnapshot snapshot) {
        this.snapshot = snapshot;
        int size = snapshot.elements().size();
        roles = new @Nullable String[size];
        names = new @Nullable String[size];
        hidden = new @Nullable Boolean[size];
        for (Element element : snapshot.elements()) {
            String id = element.attribute("id");
            if (!id.isEmpty()) {
                byId.putIfAbsent(key(element, id), element);
            }
            if (element.tag().equals("label") && element.has("for")) {
                labelsByTarget
                        .computeIfAbsent(key(element, element.attribute("for")), k -> new ArrayList<>())
                        .add(element);
            }
        }
    }

    private static String key(Element element, String id) {
        return element.frame() + "#" + id;
    }

    /** Returns the snapshot this speaks about. */
    public DomSnapshot snapshot() {
        return snapshot;
    }

    /** Returns the role; empty if the element has none. */
    public String role(Element element) {
        String known = roles[element.index()];
        if (known == null) {
            known = computeRole(element);
            roles[element.index()] = known;
        }
        return known;
    }

    private String computeRole(Element element) {
        String explicit = element.attribute("role").strip().toLowerCase(Locale.ROOT);
        if (!explicit.isEmpty()) {
            return explicit.split("\\s+")[0];
        }
        switch (element.tag()) {
            case "header":
                return insideSection(element) ? "" : "banner";
            case "footer":
                return insideSection(element) ? "" : "contentinfo";
            case "section":
                return labelled(element) ? "region" : "";
            case "form":
                return labelled(element) ? "form" : "";
            default:
                return Roles.implicit(element.tag(), element.attributes());
        }
    }

    private static boolean labelled(Element element) {
        return element.has("aria-label") || element.has("aria-labelledby") || element.has("title");
    }

    private static boolean insideSection(Element element) {
        for (Optional<Element> at = element.parent();
                at.isPresent();
                at = at.get().parent()) {
            if (SECTIONING.contains(at.get().tag())) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the element or one of its ancestors is hidden by the document itself. */
    public boolean hidden(Element element) {
        Boolean known = hidden[element.index()];
        if (known == null) {
            Optional<Element> parent = element.parent();
            known = hiddenItself(element)
                    || (parent.isPresent() && (hidden(parent.get()) || closedAway(parent.get(), element)));
            hidden[element.index()] = known;
        }
        return known;
    }

    private static boolean hiddenItself(Element element) {
        String style = element.attribute("style").replace(" ", "").toLowerCase(Locale.ROOT);
        return NEVER_SHOWN.contains(element.tag())
                || element.has("hidden")
                || style.contains("display:none")
                || style.contains("visibility:hidden")
                || (element.tag().equals("input") && element.attribute("type").equalsIgnoreCase("hidden"))
                || (element.tag().equals("dialog") && !element.has("open"));
    }

    private static boolean closedAway(Element parent, Element child) {
        return parent.tag().equals("details")
                && !parent.has("open")
                && !child.tag().equals("summary");
    }

    /** Returns whether the element is taken out of the accessibility tree, so that {@code getByRole} does not find it. */
    public boolean hiddenForRoles(Element element) {
        if (hidden(element)) {
            return true;
        }
        for (Optional<Element> at = Optional.of(element);
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().attribute("aria-hidden").equals("true")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the accessible name with white space collapsed; empty if there is none. */
    public String name(Element element) {
        String known = names[element.index()];
        if (known == null) {
            names[element.index()] = "";
            known = cut(computeName(element));
            names[element.index()] = known;
        }
        return known;
    }

    private String computeName(Element element) {
        String referenced = labelledBy(element);
        if (!referenced.isEmpty()) {
            return referenced;
        }
        String label = element.attribute("aria-label").strip();
        if (!label.isEmpty()) {
            return label;
        }
        String of = nativeName(element);
        if (!of.isEmpty()) {
            return of;
        }
        if (Roles.NAMED_BY_CONTENT.contains(role(element))) {
            StringBuilder out = new StringBuilder();
            fromContent(element, out, 0);
            String content = collapse(out.toString());
            if (!content.isEmpty()) {
                return content;
            }
        }
        String title = element.attribute("title").strip();
        if (!title.isEmpty()) {
            return title;
        }
        return LABELLED.contains(element.tag())
                ? element.attribute("placeholder").strip()
                : "";
    }

    private String labelledBy(Element element) {
        String ids = element.attribute("aria-labelledby").strip();
        if (ids.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (String id : ids.split("\\s+")) {
            Element target = byId.get(key(element, id));
            if (target != null) {
                String label = target.attribute("aria-label").strip();
                parts.add(label.isEmpty() ? target.text(NAME_LIMIT) : label);
            }
        }
        return String.join(" ", parts).strip();
    }

    private String nativeName(Element element) {
        String type = element.attribute("type").toLowerCase(Locale.ROOT);
        switch (element.tag()) {
            case "input":
                if (type.equals("submit") || type.equals("button") || type.equals("reset")) {
                    String value = element.attribute("value").strip();
                    return !value.isEmpty()
                            ? value
                            : type.equals("submit") ? "Submit" : type.equals("reset") ? "Reset" : "";
                }
                if (type.equals("image") && !element.attribute("alt").isEmpty()) {
                    return element.attribute("alt").strip();
                }
                return label(element);
            case "select", "textarea", "meter", "output", "progress":
                return label(element);
            case "img", "area":
                return element.attribute("alt").strip();
            case "fieldset":
                return firstChildText(element, "legend");
            case "figure":
                return firstChildText(element, "figcaption");
            case "table":
                return firstChildText(element, "caption");
            case "svg":
                return firstChildText(element, "title");
            default:
                return "";
        }
    }

    private static String firstChildText(Element element, String tag) {
        for (Element child : element.children()) {
            if (child.tag().equals(tag)) {
                return child.text(NAME_LIMIT);
            }
        }
        return "";
    }

    /** Returns the text of the labels of a form field: {@code for}, a wrapping label, or {@code aria-labelledby}. */
    public String label(Element element) {
        if (!LABELLED.contains(element.tag())) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        String id = element.attribute("id");
        if (!id.isEmpty()) {
            for (Element label : labelsByTarget.getOrDefault(key(element, id), List.of())) {
                parts.add(labelText(label, element));
            }
        }
        for (Optional<Element> at = element.parent();
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().tag().equals("label") && parts.isEmpty()) {
                parts.add(labelText(at.get(), element));
            }
        }
        return collapse(String.join(" ", parts));
    }

    private String labelText(Element label, Element field) {
        StringBuilder out = new StringBuilder();
        labelContent(label, field, out, 0);
        return out.toString();
    }

    private void labelContent(Element element, Element field, StringBuilder out, int depth) {
        for (Content child : element.content()) {
            if (out.length() > NAME_LIMIT || depth > DomSnapshot.MAX_DEPTH) {
                return;
            }
            if (child instanceof Content.Text text) {
                out.append(text.value());
            } else if (child instanceof Element inner && inner != field && !hidden(inner)) {
                boolean control = LABELLED.contains(inner.tag()) && !inner.tag().equals("button");
                out.append(' ');
                if (!control) {
                    labelContent(inner, field, out, depth + 1);
                }
                out.append(' ');
            }
        }
    }

    private void fromContent(Element element, StringBuilder out, int depth) {
        for (Content child : element.content()) {
            if (out.length() > NAME_LIMIT || depth > DomSnapshot.MAX_DEPTH) {
                return;
            }
            if (child instanceof Content.Text text) {
                out.append(text.value());
            } else if (child instanceof Element inner
                    && inner.frame() == element.frame()
                    && !hidden(inner)
                    && !inner.attribute("aria-hidden").equals("true")) {
                boolean inline = inner.tag().matches("span|b|i|em|strong|small|a|code|mark|sub|sup|u");
                out.append(inline ? "" : " ");
                String own = ownName(inner);
                if (own.isEmpty()) {
                    fromContent(inner, out, depth + 1);
                } else {
                    out.append(own);
                }
                out.append(inline ? "" : " ");
            }
        }
    }

    private String ownName(Element inner) {
        String label = inner.attribute("aria-label").strip();
        if (!label.isEmpty()) {
            return label;
        }
        return switch (inner.tag()) {
            case "img", "svg" -> nativeName(inner);
            case "input", "select", "textarea" -> " ";
            default -> "";
        };
    }

    private static String collapse(String text) {
        return text.replace('\u00a0', ' ')
                .replace("\u200b", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String cut(String text) {
        String collapsed = collapse(text);
        return collapsed.length() > NAME_LIMIT ? collapsed.substring(0, NAME_LIMIT) : collapsed;
    }
}
