package io.evenkeel.healing.reference;

import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Content;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.Roles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes fingerprints of the elements of one page.
 *
 * <p>Steps of a path are {@code tag[n]}, n counting the siblings of that tag from 1, as in an XPath. One thread.
 */
public final class Fingerprints {

    private static final int TEXT = 300;
    private static final int MAX_ATTRIBUTE = 200;
    private static final int MAX_ANCHORS = 8;
    private static final int MAX_SIBLINGS = 60;
    private static final int MAX_MARKS = 60;
    private static final int MAX_STOCK = 400;
    private static final List<String> KEPT = List.of(
            "id", "name", "class", "type", "placeholder", "title", "alt", "aria-label", "role", "for", "autocomplete");
    private static final Set<String> LANDMARKS = Set.of(
            "banner",
            "complementary",
            "contentinfo",
            "dialog",
            "alertdialog",
            "form",
            "main",
            "navigation",
            "region",
            "search",
            "tabpanel",
            "group",
            "menu",
            "toolbar");
    private static final Set<String> ITEMS = Set.of("row", "listitem", "article", "option", "treeitem", "gridcell");

    private final Accessibility tree;
    private final String testIdAttribute;
    private final Map<String, Integer> twins = new HashMap<>();
    private final Map<String, Integer> roleCounts = new HashMap<>();
    private final int[] rankInRole;
    private final Map<Element, String> steps = new IdentityHashMap<>();
    private final Map<Element, Integer> places = new IdentityHashMap<>();

    /** Prepares the fingerprints of one page. */
    public Fingerprints(Accessibility tree, String testIdAttribute) {
        this.tree = tree;
        this.testIdAttribute = testIdAttribute.toLowerCase(Locale.ROOT);
        List<Element> elements = tree.snapshot().elements();
        this.rankInRole = new int[elements.size()];
        for (Element element : elements) {
            if (!tree.hidden(element)) {
                rankInRole[element.index()] = roleCounts.merge(kind(element), 1, Integer::sum) - 1;
                twins.merge(wordingKey(element), 1, Integer::sum);
            }
        }
    }

    private String kind(Element element) {
        String role = tree.role(element);
        return role.isEmpty() ? element.tag() : role;
    }

    private String wordingKey(Element element) {
        String name = tree.name(element);
        return kind(element) + "|" + (name.isEmpty() ? element.text(80) : name).toLowerCase(Locale.ROOT);
    }

    /** Returns the fingerprint of an element of the page. */
    public Fingerprint of(Element element) {
        String role = tree.role(element);
        int count = roleCounts.getOrDefault(kind(element), 1);
        double rank = count <= 1 ? 0 : rankInRole[element.index()] / (double) (count - 1);
        Placement placement = new Placement(
                path(element),
                anchors(element),
                neighbours(element),
                Math.max(0, twins.getOrDefault(wordingKey(element), 1) - 1),
                rank);
        return new Fingerprint(
                new Nature(element.tag(), role),
                new Wording(element.text(TEXT), tree.name(element), tree.label(element)),
                attributes(element),
                placement,
                element.box());
    }

    private Map<String, String> attributes(Element element) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : KEPT) {
            put(kept, name, element.attribute(name));
        }
        put(kept, "href", Addresses.path(element.attribute("href")));
        put(kept, "src", Addresses.path(element.attribute("src")));
        String type = element.attribute("type").toLowerCase(Locale.ROOT);
        boolean button = element.tag().equals("button")
                || Set.of("submit", "button", "reset", "radio", "checkbox").contains(type);
        put(kept, "value", button ? element.attribute("value") : "");
        put(kept, Fingerprint.TEST_ID, element.attribute(testIdAttribute));
        int data = 0;
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
            String name = attribute.getKey();
            if (name.startsWith("data-")
                    && !name.equals(testIdAttribute)
                    && data < 5
                    && attribute.getValue().length() < 80) {
                put(kept, name, attribute.getValue());
                data++;
            }
        }
        return kept;
    }

    private static void put(Map<String, String> kept, String name, String value) {
        if (!value.isBlank()) {
            kept.put(name, value.length() > MAX_ATTRIBUTE ? value.substring(0, MAX_ATTRIBUTE) : value.strip());
        }
    }

    private List<String> path(Element element) {
        List<String> steps = new ArrayList<>();
        for (Optional<Element> at = Optional.of(element);
                at.isPresent() && steps.size() <= 60;
                at = at.get().parent()) {
            steps.add(0, step(at.get()));
        }
        return steps;
    }

    /** Numbers all children of a parent at once, so that a list of thousands is not counted anew for each of its items. */
    private String step(Element element) {
        String known = this.steps.get(element);
        if (known != null) {
            return known;
        }
        Map<String, Integer> positions = new HashMap<>();
        for (Element sibling : element.parent().map(Element::children).orElse(List.of(element))) {
            int position = positions.merge(sibling.tag(), 1, Integer::sum);
            this.steps.put(sibling, sibling.tag() + "[" + position + "]");
        }
        return this.steps.getOrDefault(element, element.tag() + "[1]");
    }

    private List<String> anchors(Element element) {
        List<String> anchors = new ArrayList<>();
        boolean heading = false;
        Element below = element;
        for (Optional<Element> at = element.parent();
                at.isPresent() && anchors.size() < MAX_ANCHORS;
                at = at.get().parent()) {
            Element up = at.get();
            String role = tree.role(up);
            if (!heading) {
                Optional<String> before = headingBefore(up, below);
                before.ifPresent(text -> anchors.add("heading:" + text));
                heading = before.isPresent();
            }
            if (ITEMS.contains(role)) {
                anchors.add("item:" + itemWords(up, below));
            } else if (LANDMARKS.contains(role)) {
                anchors.add("landmark:" + role + " " + tree.name(up));
            }
            if (!up.attribute(testIdAttribute).isEmpty()) {
                anchors.add("testid:" + up.attribute(testIdAttribute));
            } else if (!up.attribute("id").isEmpty()) {
                anchors.add("id:" + up.attribute("id"));
            }
            below = up;
        }
        return anchors;
    }

    /** Looks back over at most {@value #MAX_SIBLINGS} siblings. */
    private Optional<String> headingBefore(Element parent, Element child) {
        List<Element> siblings = parent.children();
        int from = place(siblings, child) - 1;
        for (int i = from; i >= 0 && i > from - MAX_SIBLINGS; i--) {
            Optional<String> inside = firstHeading(siblings.get(i), 0);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private int place(List<Element> siblings, Element child) {
        if (!places.containsKey(child)) {
            for (int i = 0; i < siblings.size(); i++) {
                places.put(siblings.get(i), i);
            }
        }
        return places.getOrDefault(child, 0);
    }

    private Optional<String> firstHeading(Element element, int depth) {
        if (tree.role(element).equals("heading")) {
            String text = element.text(60);
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        if (depth < 4) {
            for (Element child : element.children()) {
                Optional<String> inside = firstHeading(child, depth + 1);
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    private String itemWords(Element item, Element without) {
        Optional<String> heading = firstHeading(item, 0);
        if (heading.isPresent()) {
            return heading.get();
        }
        StringBuilder words = new StringBuilder();
        for (Element child : item.children()) {
            if (child != without) {
                words.append(child.text(60)).append(' ');
            }
        }
        String text = words.toString().strip();
        return text.length() > 60 ? text.substring(0, 60) : text;
    }

    private static String neighbours(Element element) {
        StringBuilder words = new StringBuilder();
        Element below = element;
        for (int level = 0; level < 3 && words.length() < 40; level++) {
            Optional<Element> parent = below.parent();
            if (parent.isEmpty()) {
                break;
            }
            for (Content content : parent.get().content()) {
                Element inner = below;
                words.append(content.match(e -> e == inner ? "" : e.text(80), Content.Text::value))
                        .append(' ');
                if (words.length() > 600) {
                    break;
                }
            }
            below = parent.get();
        }
        String text = words.toString().replaceAll("\\s+", " ").strip();
        return text.length() > TEXT ? text.substring(0, TEXT) : text;
    }

    /** Returns what tells this page from the others of the application. */
    public PageFacts page() {
        Set<String> marks = new TreeSet<>();
        for (Element element : tree.snapshot().elements()) {
            if (marks.size() >= MAX_MARKS) {
                break;
            }
            String role = tree.role(element);
            if (element.frame() == 0 && !tree.hidden(element)) {
                if (role.equals("heading") && element.tag().matches("h[12]")) {
                    marks.add("heading:" + element.text(60));
                } else if (LANDMARKS.contains(role) && !role.equals("group")) {
                    marks.add("landmark:" + role + " " + tree.name(element));
                }
                if (!element.attribute(testIdAttribute).isEmpty()) {
                    marks.add("testid:" + element.attribute(testIdAttribute));
                }
            }
        }
        return new PageFacts(
                Addresses.pattern(tree.snapshot().url()), tree.snapshot().title(), marks, Inventory.UNKNOWN);
    }

    /** Returns what can be acted on, from the first {@value #MAX_STOCK} such elements. */
    public Inventory inventory() {
        List<Fingerprint> stock = new ArrayList<>();
        for (Element element : tree.snapshot().elements()) {
            boolean acts =
                    Roles.interactive(tree.role(element)) && !element.tag().equals("option");
            if (acts && !tree.hidden(element) && stock.size() < MAX_STOCK) {
                stock.add(of(element));
            }
        }
        return Inventory.of(stock);
    }
}
