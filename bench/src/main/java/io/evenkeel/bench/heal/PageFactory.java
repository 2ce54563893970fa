package io.evenkeel.bench.heal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Makes pages of made-up applications: navigation, forms, tables, cards, dialogs, tabs, footers, in several manners of naming and nesting.
 *
 * <p>The same seed gives the same page. One thread.
 */
final class PageFactory {

    static final List<String> NOUNS = list("""
            order, invoice, customer, product, project, task, team, report, message, file, user, device,
            booking, ticket, event, recipe, course, contract, payment, address, group, comment, photo, vehicle,
            policy, supplier, account, subscription, campaign, employee, sensor, shipment, receipt, basket,
            voucher, delivery, review, notification, playlist, article, branch, seat, menu, wish, refund,
            warehouse, lesson, meeting""");
    static final List<String> VERBS = list("""
            Add, Edit, Delete, Save, Cancel, Search, Export, Import, Share, Archive, Open, Close, Send, Next,
            Back, Apply, Reset, Copy, Print, Download, Upload, Approve, Reject, Assign, Filter, E-mail, Rename,
            Duplicate, Publish, Pause, Resume, Preview, Follow, Mute, Pin, Schedule, Refresh, Sort, Hide,
            Merge, Compare""");
    static final List<String> NAMES = list("""
            Anna Weber, Bruno Diaz, Chen Li, Dora Novak, Emil Sand, Fatma Kaya, Goran Ilic, Hanna Berg,
            Ines Costa, Jonas Roth, Kim Park, Lena Fox, Milan Horak, Nora Quist, Omar Said, Petra Lang,
            Quentin Moor, Rosa Vidal, Sven Dahl, Tara Singh, Ugo Bassi, Vera Klein, Wim Bos, Yara Haddad""");
    private static final List<List<String>> FIELDS = List.of(
            List.of("First name", "text"),
            List.of("Last name", "text"),
            List.of("Email", "email"),
            List.of("Phone", "tel"),
            List.of("Password", "password"),
            List.of("Street", "text"),
            List.of("City", "text"),
            List.of("Zip code", "text"),
            List.of("Country", "select"),
            List.of("Notes", "textarea"),
            List.of("Quantity", "number"),
            List.of("Start date", "date"),
            List.of("End date", "date"),
            List.of("I agree to the terms", "checkbox"),
            List.of("Send me news", "checkbox"),
            List.of("Company", "text"),
            List.of("Title", "text"),
            List.of("Description", "textarea"),
            List.of("Priority", "select"),
            List.of("Website", "url"));

    private static List<String> list(String commaSeparated) {
        return List.of(commaSeparated.replace("\n", " ").strip().split("\\s*,\\s*"));
    }

    private final SplittableRandom random;
    private final boolean testIds;
    private final int style;
    private final int classes;
    private final List<List<String>> repeated = new ArrayList<>();
    private int nextKey;

    PageFactory(long seed) {
        random = new SplittableRandom(seed);
        testIds = random.nextInt(100) < 55;
        style = random.nextInt(3);
        classes = random.nextInt(3);
    }

    SplittableRandom random() {
        return random;
    }

    MutableNode node(String tag) {
        return new MutableNode(tag, nextKey++);
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String identifier(String words) {
        String[] parts = words.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 ]", "")
                .strip()
                .split("\\s+");
        if (style == 0) {
            return String.join("-", parts);
        }
        if (style == 1) {
            return String.join("_", parts);
        }
        StringBuilder camel = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            camel.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i].substring(1));
        }
        return camel.toString();
    }

    MutableNode classed(MutableNode node, String kind) {
        String value = switch (classes) {
            case 0 -> kind + (chance(40) ? " " + kind + "--" + pick(List.of("primary", "small", "wide", "muted")) : "");
            case 1 ->
                "css-" + Integer.toHexString(random.nextInt(0x1000000) | 0x100000) + (chance(30) ? " " + kind : "");
            default -> pick(List.of("flex items-center p-2", "btn px-4 rounded", "text-sm font-bold", "w-full mt-4"));
        };
        return chance(85) ? node.with("class", value) : node;
    }

    MutableNode marked(MutableNode node, String words) {
        if (testIds && chance(75)) {
            node.with("data-testid", identifier(words));
        }
        return chance(45) ? node.with("id", identifier(words)) : node;
    }

    /** Returns one page: the html element. */
    MutableNode page() {
        String noun = pick(NOUNS);
        MutableNode html = node("html");
        html.add(node("head").add(node("title").add(capital(noun) + "s")));
        MutableNode body = node("body");
        html.add(body);
        MutableNode root = wrapped(body);
        root.add(header(noun));
        MutableNode main = classed(node("main"), "content");
        root.add(main);
        main.add(node("h1").add(capital(noun) + "s"));
        int sections = 2 + random.nextInt(4);
        for (int i = 0; i < sections; i++) {
            main.add(section(chance(60) ? noun : pick(NOUNS)));
        }
        if (chance(70)) {
            MutableNode footer = chance(50) ? footer() : new PageSections(this).columns();
            for (List<String> link : chance(22) ? repeated : List.<List<String>>of()) {
                footer.add(
                        chance(60) ? link(link.get(0), link.get(1)) : node("p").add(link.get(0)));
            }
            root.add(footer);
        }
        return html;
    }

    private MutableNode wrapped(MutableNode body) {
        MutableNode at = body;
        for (int i = random.nextInt(3); i > 0; i--) {
            MutableNode div = classed(node("div"), "app");
            at.add(div);
            at = div;
        }
        return at;
    }

    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private MutableNode header(String noun) {
        MutableNode header = classed(node(chance(70) ? "header" : "div"), "topbar");
        if (chance(50)) {
            new PageSections(this).store(header);
        }
        MutableNode nav = node("nav").with("aria-label", chance(50) ? "Main" : "");
        header.add(nav);
        MutableNode list = node("ul");
        nav.add(list);
        for (int i = 3 + random.nextInt(4); i > 0; i--) {
            String label = i == 1 ? capital(noun) + "s" : capital(pick(NOUNS)) + "s";
            String address = "/" + label.toLowerCase(Locale.ROOT);
            repeated.add(List.of(label, address));
            list.add(node("li").add(link(label, address)));
        }
        if (chance(60)) {
            MutableNode form = node("form").with("role", "search");
            form.add(marked(
                    node("input")
                            .with("type", "search")
                            .with("placeholder", "Search " + noun + "s")
                            .with("name", "q"),
                    "search"));
            form.add(button("Search", "search submit"));
            header.add(form);
        }
        header.add(chance(50) ? link("Sign in", "/login") : button("Sign out", "sign out"));
        return header;
    }

    private MutableNode footer() {
        MutableNode footer = classed(node("footer"), "footer");
        for (String label : List.of("About us", "Contact", "Privacy", "Terms", "Help")) {
            if (chance(80)) {
                footer.add(link(label, "/" + identifier(label)));
            }
        }
        return footer;
    }

    MutableNode link(String label, String href) {
        return marked(classed(node("a"), "link").with("href", href), label + " link")
                .add(label);
    }

    MutableNode button(String label, String words) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return marked(classed(node("input"), "btn").with("type", "submit").with("value", label), words);
        }
        if (kind == 1) {
            return marked(classed(node("a"), "btn").with("href", "#").with("role", "button"), words)
                    .add(label);
        }
        MutableNode button = marked(classed(node("button"), "btn").with("type", chance(60) ? "button" : ""), words);
        if (kind == 2) {
            return button.with("aria-label", label).add(node("svg").with("class", "icon"));
        }
        return chance(25) ? button.add(node("span").add(label)) : button.add(label);
    }

    private MutableNode section(String noun) {
        MutableNode section = classed(node(pick(List.of("section", "div", "section"))), "panel");
        if (chance(40)) {
            section.with("aria-label", capital(noun) + " area");
        }
        section.add(node(pick(List.of("h2", "h3")))
                .add(capital(noun) + " " + pick(List.of("list", "details", "settings", "overview"))));
        switch (random.nextInt(9)) {
            case 0 -> section.add(form(noun));
            case 1 -> section.add(table(noun));
            case 2 -> cards(section, noun);
            case 3 -> toolbar(section, noun);
            case 4 -> tabs(section, noun);
            default -> new PageSections(this).add(section, noun);
        }
        return section;
    }

    private MutableNode form(String noun) {
        MutableNode form = marked(node("form"), noun + " form");
        List<List<String>> fields = new ArrayList<>(FIELDS);
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            form.add(field(fields.remove(random.nextInt(fields.size())), noun));
        }
        MutableNode actions = classed(node("div"), "actions");
        actions.add(button(pick(List.of("Save", "Submit", "Create " + noun, "Update")), "save " + noun));
        if (chance(70)) {
            actions.add(button("Cancel", "cancel " + noun));
        }
        return form.add(actions);
    }

    private MutableNode field(List<String> of, String noun) {
        String label = of.get(0);
        MutableNode box = classed(node("div"), "field");
        String kind = of.get(1);
        String id = identifier(noun + " " + label);
        MutableNode input = node(kind.equals("select") || kind.equals("textarea") ? kind : "input");
        if (input.tag.equals("input")) {
            input.with("type", kind);
        }
        input.with("name", identifier(label));
        if (testIds && chance(60)) {
            input.with("data-testid", id);
        }
        if (kind.equals("select")) {
            for (String option : List.of("Low", "Medium", "High")) {
                input.add(node("option")
                        .with("value", option.toLowerCase(Locale.ROOT))
                        .add(option));
            }
        }
        int how = random.nextInt(4);
        if (how == 0) {
            return box.add(node("label").add(label).add(input));
        }
        if (how == 1 && !kind.equals("checkbox")) {
            return box.add(input.with("placeholder", label));
        }
        input.with("id", id);
        MutableNode text = node("label").with("for", id).add(label);
        return kind.equals("checkbox")
                ? box.add(input).add(text)
                : box.add(text).add(input);
    }

    private MutableNode table(String noun) {
        MutableNode table = marked(node("table"), noun + " table");
        table.add(node("thead")
                .add(node("tr")
                        .add(node("th").add("Name"))
                        .add(node("th").add("State"))
                        .add(node("th"))));
        MutableNode body = node("tbody");
        List<String> names = new ArrayList<>(NAMES);
        for (int i = 3 + random.nextInt(5); i > 0; i--) {
            String name = names.remove(random.nextInt(names.size()));
            MutableNode row = node("tr");
            row.add(node("td").add(name)).add(node("td").add(pick(List.of("open", "done", "late"))));
            MutableNode cell = node("td");
            cell.add(button("Edit", "edit " + noun + " " + name.split(" ")[0]));
            cell.add(button("Delete", "delete " + noun + " " + name.split(" ")[0]));
            body.add(row.add(cell));
        }
        return table.add(body);
    }

    private void cards(MutableNode section, String noun) {
        List<String> names = new ArrayList<>(NAMES);
        for (int i = 3 + random.nextInt(4); i > 0; i--) {
            String name = names.remove(random.nextInt(names.size()));
            MutableNode card = classed(node("article"), "card");
            card.add(node("h3").add(name));
            card.add(node("p").add("Last " + noun + " by " + name));
            card.add(button(pick(List.of("Open", "Show details", "Add to list")), "open " + name));
            section.add(card);
        }
    }

    private void toolbar(MutableNode section, String noun) {
        MutableNode bar = node("div").with("role", "toolbar");
        List<String> verbs = new ArrayList<>(VERBS);
        for (int i = 3 + random.nextInt(5); i > 0; i--) {
            String verb = verbs.remove(random.nextInt(verbs.size()));
            bar.add(button(chance(50) ? verb + " " + noun : verb, verb + " " + noun));
        }
        section.add(bar);
        section.add(node("p")
                .with("role", "status")
                .with("id", identifier(noun + " status"))
                .add("No " + noun + " selected"));
    }

    private void tabs(MutableNode section, String noun) {
        MutableNode bar = node("div").with("role", "tablist");
        for (String label : List.of("Overview", "History", capital(noun) + " settings", "Members")) {
            bar.add(marked(classed(node("button"), "tab").with("role", "tab"), label + " tab")
                    .add(label));
        }
        section.add(bar);
        section.add(node("div").with("role", "tabpanel").add(link("All " + noun + "s", "/" + noun + "/all")));
    }
}
