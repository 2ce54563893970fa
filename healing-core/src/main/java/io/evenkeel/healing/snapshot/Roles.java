package io.evenkeel.healing.snapshot;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** ARIA roles that HTML elements have of themselves (HTML-AAM, as Playwright applies it). */
public final class Roles {

    private static final Map<String, String> BY_TAG = Map.ofEntries(
            Map.entry("article", "article"),
            Map.entry("aside", "complementary"),
            Map.entry("button", "button"),
            Map.entry("summary", "button"),
            Map.entry("datalist", "listbox"),
            Map.entry("details", "group"),
            Map.entry("dialog", "dialog"),
            Map.entry("fieldset", "group"),
            Map.entry("figure", "figure"),
            Map.entry("h1", "heading"),
            Map.entry("h2", "heading"),
            Map.entry("h3", "heading"),
            Map.entry("h4", "heading"),
            Map.entry("h5", "heading"),
            Map.entry("h6", "heading"),
            Map.entry("hr", "separator"),
            Map.entry("html", "document"),
            Map.entry("li", "listitem"),
            Map.entry("main", "main"),
            Map.entry("menu", "list"),
            Map.entry("meter", "meter"),
            Map.entry("nav", "navigation"),
            Map.entry("ol", "list"),
            Map.entry("ul", "list"),
            Map.entry("optgroup", "group"),
            Map.entry("option", "option"),
            Map.entry("output", "status"),
            Map.entry("p", "paragraph"),
            Map.entry("progress", "progressbar"),
            Map.entry("search", "search"),
            Map.entry("svg", "img"),
            Map.entry("table", "table"),
            Map.entry("tbody", "rowgroup"),
            Map.entry("thead", "rowgroup"),
            Map.entry("tfoot", "rowgroup"),
            Map.entry("td", "cell"),
            Map.entry("textarea", "textbox"),
            Map.entry("th", "columnheader"),
            Map.entry("tr", "row"));
    private static final Map<String, String> BY_INPUT = Map.ofEntries(
            Map.entry("button", "button"),
            Map.entry("checkbox", "checkbox"),
            Map.entry("file", "button"),
            Map.entry("hidden", ""),
            Map.entry("image", "button"),
            Map.entry("number", "spinbutton"),
            Map.entry("radio", "radio"),
            Map.entry("range", "slider"),
            Map.entry("reset", "button"),
            Map.entry("search", "searchbox"),
            Map.entry("submit", "button"));

    /** Roles whose accessible name comes from their content. */
    static final Set<String> NAMED_BY_CONTENT = Set.of(
            "button",
            "cell",
            "checkbox",
            "columnheader",
            "gridcell",
            "heading",
            "link",
            "menuitem",
            "menuitemcheckbox",
            "menuitemradio",
            "option",
            "radio",
            "row",
            "rowheader",
            "switch",
            "tab",
            "tooltip",
            "treeitem");

    /** Roles that users act upon. */
    private static final Set<String> INTERACTIVE = Set.of(
            "button",
            "checkbox",
            "combobox",
            "link",
            "listbox",
            "menuitem",
            "menuitemcheckbox",
            "menuitemradio",
            "option",
            "radio",
            "searchbox",
            "slider",
            "spinbutton",
            "switch",
            "tab",
            "textbox",
            "treeitem");

    private Roles() {}

    /** Returns whether users act upon elements of this role. */
    public static boolean interactive(String role) {
        return INTERACTIVE.contains(role);
    }

    /** Returns whether text can be typed into elements of this role. */
    public static boolean editable(String role) {
        return role.equals("textbox")
                || role.equals("searchbox")
                || role.equals("spinbutton")
                || role.equals("combobox");
    }

    /**
     * Returns the role an element has without a {@code role} attribute and without regard to its surroundings.
     *
     * @param tag in lower case
     * @param attributes by lower-case name
     * @return empty if it has none
     */
    public static String implicit(String tag, Map<String, String> attributes) {
        switch (tag) {
            case "a", "area":
                return attributes.containsKey("href") ? "link" : "";
            case "img":
                return attributes.getOrDefault("alt", "-").isEmpty() ? "presentation" : "img";
            case "select":
                return attributes.containsKey("multiple")
                                || attributes.getOrDefault("size", "1").matches("[2-9]|\\d\\d+")
                        ? "listbox"
                        : "combobox";
            case "input":
                String type = attributes.getOrDefault("type", "text").toLowerCase(Locale.ROOT);
                String role = BY_INPUT.getOrDefault(type, "textbox");
                boolean suggests = attributes.containsKey("list");
                return suggests && (role.equals("textbox") || role.equals("searchbox")) ? "combobox" : role;
            default:
                return BY_TAG.getOrDefault(tag, "");
        }
    }
}
