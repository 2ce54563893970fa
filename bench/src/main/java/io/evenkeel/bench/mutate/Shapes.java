package io.evenkeel.bench.mutate;

import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** The same element in another place or of another kind, or something else that looks like it. */
final class Shapes {

    private Shapes() {}

    /** Out of the container the locator names, into a section of its own behind it. */
    static boolean move(Draft draft) {
        Optional<Element> container = draft.around().stream()
                .skip(1)
                .filter(parent -> !parent.equals(draft.unit()))
                .filter(parent -> named(draft, parent))
                .findFirst();
        if (container.isEmpty() || container.get().normalName().equals("main")) {
            return false;
        }
        Element form = draft.element().closest("form");
        if (form != null && !draft.element().hasAttr("form")) {
            if (form.id().isEmpty()) {
                form.id("form-of-" + draft.element().normalName());
            }
            draft.element().attr("form", form.id());
        }
        Element section = new Element("section").addClass("extras");
        section.appendElement("h2").text("More");
        container.get().after(section);
        section.appendChild(draft.unit());
        return true;
    }

    private static boolean named(Draft draft, Element parent) {
        return parent.classNames().stream().anyMatch(name -> draft.selects("." + name))
                || (!parent.id().isEmpty() && draft.selects("#" + parent.id()))
                || (parent.hasAttr("aria-label") && draft.locator().contains("'" + parent.attr("aria-label") + "'"));
    }

    /** A button becomes a link that does the same; a link becomes a button. */
    static boolean otherRole(Draft draft) {
        Element old = draft.element();
        if (!draft.locator().contains("getByRole('" + (old.normalName().equals("a") ? "link" : "button") + "'")) {
            return false;
        }
        if (old.normalName().equals("button")) {
            boolean submits = old.closest("form") != null && !old.attr("type").equals("button");
            become(draft, "a")
                    .attr("href", "#")
                    .attr(
                            "onclick",
                            (submits ? "this.closest('form').requestSubmit();" : "") + "event.preventDefault()");
            return true;
        }
        if (old.normalName().equals("a")) {
            String to = old.attr("href");
            become(draft, "button").removeAttr("href").attr("onclick", "location.href = '" + to + "'");
            return true;
        }
        return false;
    }

    /** A button of a form becomes an input that sends it. */
    static boolean otherTag(Draft draft) {
        Element old = draft.element();
        boolean byTag = draft.locator().contains(" button')");
        if (!old.normalName().equals("button") || old.closest("form") == null || !byTag) {
            return false;
        }
        String words = old.text();
        become(draft, "input").empty().attr("type", "submit").attr("value", words);
        return true;
    }

    private static Element become(Draft draft, String tag) {
        Element old = draft.element();
        Element now = new Element(tag);
        now.attributes().addAll(old.attributes());
        List.copyOf(old.childNodes()).forEach(now::appendChild);
        old.replaceWith(now);
        draft.isNow(now);
        return now;
    }

    /** Something else with the same words stands before it. */
    static boolean twin(Draft draft) {
        Element box = new Element("section").addClass("popular");
        Optional<Element> label = draft.label();
        String text = label.map(Element::ownText).orElse(draft.element().ownText());
        if (!draft.asksFor(text)) {
            return false;
        }
        if (label.isPresent()) {
            box.appendElement("label")
                    .text(text + " ")
                    .appendElement("input")
                    .attr("type", draft.element().attr("type"))
                    .attr("name", "other");
        } else if (draft.element().normalName().equals("button")) {
            box.appendElement("button").attr("type", "button").addClass("link").text(text);
        } else {
            box.appendElement("a").attr("href", "/help").text(text);
        }
        Element root = draft.document().selectFirst("main, footer, header");
        if (root == null) {
            return false;
        }
        root.prependChild(box);
        return true;
    }

    /** Wrapped into a new container. */
    static boolean wrap(Draft draft) {
        // A div would end a paragraph.
        String tag = draft.unit().closest("p") == null ? "div" : "span";
        draft.unit().wrap("<" + tag + " class=\"slot\"></" + tag + ">");
        return true;
    }
}
