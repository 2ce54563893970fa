package io.evenkeel.bench.heal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Turns a page into a later version of itself.
 *
 * <p>Operators after the taxonomies of SFTM/Erratum and of recorded breakages: identifiers renamed or restyled, class names hashed anew,
 * wording changed by synonym, typo or rephrasing, tag or role swapped, wrapped, unwrapped, reordered, moved, duplicated, look-alikes
 * added, attributes dropped. One thread.
 */
final class PageMutator {

    /** In this order: that of a {@code Map.of} changes from one start of the program to the next. */
    private static final List<Map.Entry<String, List<String>>> SYNONYMS = List.of(
            Map.entry("Sign in", List.of("Log in", "Login")),
            Map.entry("Sign out", List.of("Log out", "Logout")),
            Map.entry("Save", List.of("Apply", "Save changes", "Store")),
            Map.entry("Submit", List.of("Send", "Send now")),
            Map.entry("Update", List.of("Save", "Change")),
            Map.entry("Cancel", List.of("Discard", "Dismiss", "Abort")),
            Map.entry("Delete", List.of("Remove", "Erase")),
            Map.entry("Edit", List.of("Change", "Modify")),
            Map.entry("Add", List.of("New", "Create")),
            Map.entry("Search", List.of("Find", "Go")),
            Map.entry("Open", List.of("View", "Show")),
            Map.entry("Show details", List.of("Details", "More")),
            Map.entry("Add to list", List.of("Put on list", "Remember")),
            Map.entry("Next", List.of("Continue", "Forward")),
            Map.entry("Back", List.of("Previous", "Return")),
            Map.entry("Send", List.of("Submit", "Deliver")),
            Map.entry("Export", List.of("Download", "Save as file")),
            Map.entry("Import", List.of("Upload", "Load")),
            Map.entry("First name", List.of("Given name", "Forename")),
            Map.entry("Last name", List.of("Surname", "Family name")),
            Map.entry("Email", List.of("E-mail address", "Email address")),
            Map.entry("Phone", List.of("Telephone", "Phone number")),
            Map.entry("Zip code", List.of("Postal code", "Postcode")),
            Map.entry("Street", List.of("Street address", "Address line")),
            Map.entry("Notes", List.of("Remarks", "Comments")),
            Map.entry("Contact", List.of("Contact us", "Get in touch")),
            Map.entry("Help", List.of("Support", "Help center")),
            Map.entry("Overview", List.of("Summary", "Dashboard")),
            Map.entry("Members", List.of("People", "Team")));

    /** Verbs that mean the same on a button: one in the place of another is no other thing. */
    private static final List<List<String>> SAME = List.of(
            List.of("Add", "Create", "New"),
            List.of("Delete", "Remove", "Erase"),
            List.of("Save", "Apply", "Submit", "Send", "Update", "Confirm"),
            List.of("Cancel", "Close", "Hide", "Back"),
            List.of("Edit", "Rename", "Change"),
            List.of("Search", "Find", "Filter"),
            List.of("Export", "Download", "Copy", "Duplicate"),
            List.of("Import", "Upload"),
            List.of("Open", "Preview", "View", "Show"),
            List.of("Next", "Continue", "Go"));

    private final SplittableRandom random;
    private final PageFactory factory;

    PageMutator(PageFactory factory) {
        this.random = factory.random();
        this.factory = factory;
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /**
     * Changes a copy of the page.
     *
     * @param severity share of the elements touched by each operator, in [0, 1]
     */
    MutableNode later(MutableNode page, double severity) {
        MutableNode html = page.copy();
        boolean rehash = chance(0.6);
        if (chance(severity * 0.7)) {
            new Redesign(factory).apply(html);
        }
        for (MutableNode node : html.all()) {
            boolean framework = Set.of("html", "head", "body", "title").contains(node.tag);
            if (!framework) {
                touch(node, severity, rehash);
            }
        }
        for (MutableNode node : new ArrayList<>(html.all())) {
            if (Set.of("div", "section", "form", "article", "nav", "ul", "tbody", "footer")
                    .contains(node.tag)) {
                restructure(node, severity);
            }
        }
        return html;
    }

    private void touch(MutableNode node, double severity, boolean rehash) {
        String classes = node.attributes.getOrDefault("class", "");
        if (rehash && classes.startsWith("css-")) {
            String rest = classes.indexOf(' ') < 0 ? "" : classes.substring(classes.indexOf(' '));
            node.attributes.put("class", "css-" + Integer.toHexString(random.nextInt(0x1000000) | 0x100000) + rest);
        } else if (!classes.isEmpty() && chance(severity)) {
            node.attributes.put("class", chance(0.5) ? classes + " v2" : "ui-" + classes.replace(" ", " ui-"));
        }
        if (chance(severity * 0.5)) {
            rename(node, "id");
        }
        if (chance(severity * 0.4)) {
            rename(node, "data-testid");
        }
        if (chance(severity * 0.3)) {
            node.attributes.remove("data-testid");
        }
        if (chance(severity * 0.4)) {
            reword(node);
        }
        if (chance(severity * 0.15)) {
            swap(node);
        }
        if (node.attributes.containsKey("href") && chance(severity * 0.3)) {
            node.attributes.put("href", "/app" + node.attributes.get("href"));
        }
    }

    private void restructure(MutableNode node, double severity) {
        if (chance(severity * 0.4) && node.children.size() > 1) {
            Object moved = node.children.remove(random.nextInt(node.children.size()));
            node.children.add(random.nextInt(node.children.size() + 1), moved);
        }
        if (chance(severity * 0.3)) {
            MutableNode wrapper = factory.node("div").with("class", "wrap");
            wrapper.children.addAll(node.children);
            if (!Set.of("ul", "tbody").contains(node.tag)) {
                node.children.clear();
                node.children.add(wrapper);
            }
        }
        if (chance(severity * 0.5) && !Set.of("ul", "tbody", "nav").contains(node.tag)) {
            String verb = pick(PageFactory.VERBS);
            MutableNode added = factory.node("button").with("type", "button").add(verb + " " + pick(PageFactory.NOUNS));
            node.children.add(random.nextInt(node.children.size() + 1), added);
        }
    }

    /** Renames an identifier: a word changed, a prefix added or dropped, another case style, or another verb for the same. */
    boolean rename(MutableNode node, String attribute) {
        String value = node.attributes.get(attribute);
        if (value == null) {
            return false;
        }
        String prefix = pick(List.of("app", "new", "main", "ui", "page", "shop"));
        String changed = switch (random.nextInt(8)) {
            case 6, 7 -> sameDeed(value);
            case 0 -> prefix + "-" + value;
            case 1 -> value + "-" + pick(List.of("btn", "field", "2", "new", "button", "input"));
            case 2 ->
                value.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT) + "-x";
            case 3 -> value.contains("-") ? value.substring(value.indexOf('-') + 1) + "-el" : value + "Id";
            case 4 ->
                factory.identifier(
                        pick(PageFactory.VERBS) + " " + (chance(0.3) ? pick(PageFactory.NOUNS) : lastWord(value)));
            default -> value.length() > 4 ? value.substring(0, value.length() - 2) : value + "s";
        };
        node.attributes.put(attribute, changed);
        return true;
    }

    /** Follows a rewording: "add-user" becomes "create-user". */
    private String sameDeed(String identifier) {
        String[] words = identifier.split("[-_]|(?=[A-Z])");
        for (List<String> group : SAME) {
            List<String> others = new ArrayList<>(group);
            if (others.removeIf(verb -> verb.equalsIgnoreCase(words[0])) && words.length > 1) {
                words[0] = pick(others);
                return factory.identifier(String.join(" ", words));
            }
        }
        return identifier + "-" + pick(List.of("action", "control", "item"));
    }

    private static String lastWord(String identifier) {
        String[] words = identifier.split("[-_]|(?=[A-Z])");
        return words[words.length - 1];
    }

    /** Changes the wording of a button, link, label or field. */
    boolean reword(MutableNode node) {
        String label = node.label();
        if (label.isBlank() || label.length() > 40) {
            return false;
        }
        String changed = label;
        for (Map.Entry<String, List<String>> entry : SYNONYMS) {
            if (label.equals(entry.getKey()) || label.startsWith(entry.getKey() + " ")) {
                changed =
                        pick(entry.getValue()) + label.substring(entry.getKey().length());
            }
        }
        if (changed.equals(label) || chance(0.3)) {
            changed = switch (random.nextInt(4)) {
                case 0 -> label + " now";
                case 1 -> "Your " + label.toLowerCase(Locale.ROOT);
                case 2 -> label.contains(" ") ? label.substring(0, label.lastIndexOf(' ')) : label + "…";
                default -> label.toUpperCase(Locale.ROOT).equals(label) ? label + "!" : label.toUpperCase(Locale.ROOT);
            };
        }
        node.relabel(changed);
        return !changed.equals(label);
    }

    private boolean swap(MutableNode node) {
        if (node.tag.equals("button")) {
            node.tag = "a";
            node.with("href", "#").with("role", chance(0.6) ? "button" : "");
        } else if (node.tag.equals("input") && "submit".equals(node.attributes.get("type"))) {
            String label = node.attributes.remove("value");
            node.tag = "button";
            node.add(label == null ? "Submit" : label);
        } else if (node.tag.equals("div")) {
            node.tag = "section";
        } else {
            return false;
        }
        return true;
    }

    /** Breaks what a locator may hold on to. */
    void breakTarget(MutableNode html, MutableNode target) {
        boolean changed = switch (random.nextInt(14)) {
            case 0, 1, 2 -> reword(target) || labelOf(html, target);
            case 3 -> renamed(target);
            case 4, 5 -> rename(target, "data-testid");
            case 6, 7 -> rename(target, "id");
            case 8, 9, 10 -> move(html, target);
            case 11 -> swap(target);
            case 12 -> iconOnly(target);
            default -> wrap(html, target);
        };
        if (!changed) {
            reword(target);
            rename(target, "data-testid");
            rename(target, "id");
        }
    }

    /** Gives it words of its own, as long as something else tells that it is the same. */
    private boolean renamed(MutableNode target) {
        boolean known = target.attributes.containsKey("id")
                || target.attributes.containsKey("data-testid")
                || target.attributes.containsKey("name")
                || target.attributes.getOrDefault("href", "#").length() > 1;
        if (known && !target.label().isBlank()) {
            target.relabel(pick(PageFactory.VERBS) + " " + pick(PageFactory.NOUNS));
        }
        return known;
    }

    private boolean iconOnly(MutableNode target) {
        String label = target.label();
        if (label.isBlank() || !Set.of("a", "button").contains(target.tag)) {
            return false;
        }
        if (target.attributes.containsKey("aria-label")) {
            target.attributes.remove("aria-label");
            target.children.clear();
            target.add(label);
        } else {
            target.children.clear();
            target.with(chance(0.7) ? "aria-label" : "title", label)
                    .add(factory.node("svg").with("class", "icon"));
        }
        return true;
    }

    private boolean wrap(MutableNode html, MutableNode target) {
        MutableNode parent = html.parentOf(target);
        int at = parent.children.indexOf(target);
        MutableNode wrapper = factory.node(pick(List.of("div", "span", "p")));
        if (at >= 0) {
            parent.children.set(at, wrapper.with("class", "slot").add(target));
            rename(target, "id");
        }
        return at >= 0;
    }

    private boolean labelOf(MutableNode html, MutableNode field) {
        MutableNode parent = html.parentOf(field);
        for (MutableNode node : parent.all()) {
            if (node.tag.equals("label")) {
                return reword(node);
            }
        }
        return false;
    }

    /** Moves it, with the box and label that belong to it alone, to another part of the page. */
    private boolean move(MutableNode html, MutableNode target) {
        MutableNode unit = unit(html, target);
        List<MutableNode> homes = new ArrayList<>();
        List<MutableNode> own = unit.all();
        for (MutableNode node : html.all()) {
            if (Set.of("div", "section", "form", "header", "footer", "main", "aside")
                            .contains(node.tag)
                    && !own.contains(node)) {
                homes.add(node);
            }
        }
        html.remove(unit);
        MutableNode home = pick(homes);
        if (chance(0.4)) {
            MutableNode box = factory.node(pick(List.of("section", "div", "fieldset")));
            box.with("class", pick(List.of("extras", "options", "more", "panel")));
            box.add(factory.node("h3").add(pick(PageFactory.VERBS) + " " + pick(PageFactory.NOUNS)));
            home.children.add(random.nextInt(home.children.size() + 1), box);
            home = box;
        }
        home.children.add(random.nextInt(home.children.size() + 1), unit);
        return true;
    }

    /** Returns the largest element around the target that holds nothing else to act on. */
    private static MutableNode unit(MutableNode html, MutableNode target) {
        MutableNode unit = target;
        while (true) {
            MutableNode parent = html.parentOf(unit);
            long actors = parent.all().stream()
                    .filter(n ->
                            Set.of("a", "button", "input", "select", "textarea").contains(n.tag))
                    .count();
            if (actors != 1 || !Set.of("p", "label", "div", "li").contains(parent.tag) || parent == html) {
                return unit;
            }
            unit = parent;
        }
    }

    /** Removes an element, often with something similar in its place or elsewhere. */
    void removeTarget(MutableNode html, MutableNode target) {
        MutableNode unit = chance(0.5) ? unit(html, target) : target;
        MutableNode parent = html.parentOf(unit);
        int at = parent.children.indexOf(unit);
        html.remove(unit);
        int how = random.nextInt(10);
        if (how < 5 && at >= 0) {
            parent.children.add(at, lookAlike(target));
        } else if (how == 5) {
            mention(html, target.label());
        } else if (how == 6 && at >= 0) {
            MutableNode other = factory.node(chance(0.5) ? "button" : "a").with("href", "/other");
            parent.children.add(at, other.add(pick(PageFactory.VERBS) + " " + pick(PageFactory.NOUNS)));
        }
    }

    /** Something of the same kind that does another thing, often to the same object. */
    private MutableNode lookAlike(MutableNode target) {
        MutableNode other = factory.node(target.tag);
        for (String name : List.of("class", "type", "role")) {
            if (target.attributes.containsKey(name)) {
                other.with(name, target.attributes.get(name));
            }
        }
        String label = target.label();
        String thing = label.indexOf(' ') > 0 && chance(0.7)
                ? label.substring(label.indexOf(' ') + 1)
                : pick(PageFactory.NOUNS);
        String words = otherVerb(label) + " " + thing;
        if (target.attributes.containsKey("data-testid")) {
            other.with("data-testid", factory.identifier(words));
        }
        if (target.attributes.containsKey("href")) {
            other.with("href", "/" + factory.identifier(words));
        }
        if (target.tag.equals("input") && !"submit".equals(target.attributes.get("type"))) {
            return other.with("name", factory.identifier(words)).with("placeholder", words);
        }
        return other.add(words);
    }

    /** Returns a verb that does not mean the same. */
    private String otherVerb(String label) {
        String first = label.split(" ", -1)[0];
        String verb = pick(PageFactory.VERBS);
        for (List<String> group : SAME) {
            if (group.contains(first) && group.contains(verb)) {
                return "Test";
            }
        }
        return verb.equals(first) ? "Test" : verb;
    }

    /** Leaves the words of the removed element in a text or link about something else. */
    private void mention(MutableNode html, String label) {
        List<MutableNode> homes = new ArrayList<>();
        for (MutableNode node : html.all()) {
            if (Set.of("main", "footer", "section").contains(node.tag)) {
                homes.add(node);
            }
        }
        if (!homes.isEmpty() && !label.isBlank()) {
            MutableNode home = pick(homes);
            home.add(
                    chance(0.5)
                            ? factory.node("p").add("You can no longer " + label.toLowerCase(Locale.ROOT) + " here.")
                            : factory.node("a").with("href", "/help").add("Help: " + label));
        }
    }
}
