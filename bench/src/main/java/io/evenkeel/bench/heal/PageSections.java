package io.evenkeel.bench.heal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Parts of pages that make finding an element again hard: icons without text, links that lie over a tile, the same button in every tile,
 * actions that differ in one word, long footers. One thread.
 */
final class PageSections {

    private static final List<String> CHOICES =
            List.of("Gift wrap", "Express", "Insurance", "Save for later", "Newsletter", "Remember me", "Paper copy");
    private static final List<String> ICONS = List.of("Account", "Cart", "Menu", "Notifications", "Language", "Search");

    private final PageFactory page;

    PageSections(PageFactory page) {
        this.page = page;
    }

    /** Adds one of the parts. */
    void add(MutableNode section, String noun) {
        switch (page.random().nextInt(6)) {
            case 0 -> tiles(section, noun);
            case 1 -> summary(section, noun);
            case 2 -> actions(section, noun);
            case 3 -> carousel(section, noun);
            case 4 -> searchForm(section, noun);
            default -> articles(section, noun);
        }
    }

    private MutableNode icon(String kind) {
        return page.chance(50)
                ? page.node("svg").with("class", "icon icon-" + kind)
                : page.node("i").with("class", page.chance(50) ? "icon-" + kind : "fa fa-" + kind);
    }

    /** Adds a logo and links that are icons only. */
    void store(MutableNode header) {
        MutableNode logo = page.node("a").with("href", "/").with("class", "logo");
        header.add(page.chance(50) ? logo.add(page.node("img").with("alt", "Home")) : logo.add(icon("logo")));
        for (String name : ICONS) {
            if (page.chance(60)) {
                String kind = name.toLowerCase(Locale.ROOT);
                MutableNode link = page.node(page.chance(50) ? "a" : "button").add(icon(kind));
                link.with("href", link.tag.equals("a") ? "/" + kind : "");
                link.with("aria-label", page.chance(60) ? name : "");
                link.with("title", page.chance(20) ? name : "");
                header.add(page.marked(page.classed(link, kind + "-link"), kind + " link"));
            }
        }
    }

    private void tiles(MutableNode section, String noun) {
        String verb = page.pick(List.of("Add to cart", "Details", "Choose", "Buy", "Watch"));
        List<String> names = new ArrayList<>(PageFactory.NAMES);
        for (int i = 3 + page.random().nextInt(7); i > 0; i--) {
            String name = names.remove(page.random().nextInt(names.size()));
            String path = "/" + noun + "/" + page.identifier(name);
            MutableNode tile = page.classed(page.node("li"), "tile");
            if (page.chance(50)) {
                tile.add(page.classed(page.node("a").with("href", path), "overlay"));
            }
            tile.add(page.node("h3").add(page.link(name, path)));
            tile.add(page.button(verb, verb + " " + name.split(" ")[0]));
            section.add(tile);
        }
    }

    private void summary(MutableNode section, String noun) {
        MutableNode aside = page.classed(page.node(page.chance(60) ? "aside" : "div"), noun + "-summary");
        List<String> choices = new ArrayList<>(CHOICES);
        for (int i = 1 + page.random().nextInt(4); i > 0; i--) {
            String label = choices.remove(page.random().nextInt(choices.size()));
            String kind = page.identifier(label);
            MutableNode box = page.node("input").with("type", page.chance(80) ? "checkbox" : "radio");
            box.with("name", page.chance(60) ? kind : "").with("id", page.chance(30) ? kind : "");
            aside.add(page.node("p")
                    .with("class", kind)
                    .add(page.node("label").add(box).add(" " + label)));
        }
        aside.add(page.node("p").add("Total of this " + noun));
        aside.add(
                page.button(page.pick(List.of("Go to checkout", "Continue", "Place order", "Confirm")), noun + " go"));
        section.add(aside);
    }

    private void actions(MutableNode section, String noun) {
        MutableNode bar = page.classed(page.node("div"), "actions");
        List<String> verbs = new ArrayList<>(PageFactory.VERBS);
        for (int i = 2 + page.random().nextInt(4); i > 0; i--) {
            String verb = verbs.remove(page.random().nextInt(verbs.size()));
            bar.add(
                    page.chance(60)
                            ? page.button(verb + " " + noun, verb + " " + noun)
                            : page.link(verb + " " + noun, "/" + noun + "/" + page.identifier(verb)));
        }
        section.add(bar);
    }

    private void carousel(MutableNode section, String noun) {
        for (String way : List.of("Previous", "Next")) {
            MutableNode button = page.node("button").with("class", "slick-" + way.toLowerCase(Locale.ROOT));
            section.add(button.with("aria-label", page.chance(50) ? way : "").add(icon("arrow")));
        }
        MutableNode list = page.node("ul");
        for (int i = 3 + page.random().nextInt(5); i > 0; i--) {
            list.add(page.classed(page.node("li"), "slide")
                    .add(page.node("a").with("href", "/" + noun + "/" + i).add(page.node("img"))));
        }
        section.add(list);
    }

    private void searchForm(MutableNode section, String noun) {
        MutableNode form = page.node("form").with("role", page.chance(50) ? "search" : "");
        form.add(page.marked(
                page.node("input")
                        .with("type", page.chance(50) ? "search" : "text")
                        .with("name", page.pick(List.of("q", "query", "s", "k")))
                        .with("placeholder", page.chance(60) ? "Find a " + noun : ""),
                noun + " query"));
        MutableNode submit = page.node("button").with("type", "submit");
        submit = page.chance(50) ? submit.add(icon("search")) : submit.add("Search");
        section.add(form.add(page.marked(page.classed(submit, "search-submit"), noun + " search submit")));
    }

    private void articles(MutableNode section, String noun) {
        for (int i = 2 + page.random().nextInt(5); i > 0; i--) {
            String title = page.pick(PageFactory.VERBS) + " your " + page.pick(PageFactory.NOUNS) + " like "
                    + page.pick(PageFactory.NAMES);
            MutableNode article = page.classed(page.node("article"), "teaser");
            article.add(page.node("h3").add(page.link(title, "/" + noun + "/" + page.identifier(title))));
            article.add(page.node("p")
                    .add("Read how a " + noun + " can help with every " + page.pick(PageFactory.NOUNS) + " and "
                            + page.pick(PageFactory.NOUNS) + "."));
            article.add(page.link(page.chance(70) ? "Read more" : "More about " + title, "/more"));
            section.add(article);
        }
    }

    /** Returns a footer of several columns of links. */
    MutableNode columns() {
        MutableNode footer = page.classed(page.node("footer"), "footer");
        for (int column = 2 + page.random().nextInt(3); column > 0; column--) {
            MutableNode list = page.node("ul");
            for (int i = 3 + page.random().nextInt(5); i > 0; i--) {
                String noun = page.pick(PageFactory.NOUNS);
                String label = page.chance(50) ? PageFactory.capital(noun) + "s" : "About our " + noun + "s";
                list.add(page.node("li").add(page.link(label, "/about/" + noun)));
            }
            String heading = PageFactory.capital(page.pick(PageFactory.NOUNS));
            footer.add(page.node("div")
                    .with("class", "column")
                    .add(page.node("h4").add(heading))
                    .add(list));
        }
        if (page.chance(50)) {
            MutableNode form = page.node("form")
                    .add(page.marked(
                            page.node("input").with("type", "email").with("placeholder", "Your e-mail"),
                            "newsletter email"));
            footer.add(form.add(page.button("Subscribe", "subscribe")));
        }
        return footer;
    }
}
