package io.evenkeel.bench.mutate;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;

/** The element is gone, cannot be used, or does nothing any more: a person must decide. */
final class Losses {

    private Losses() {}

    /** Removed with its label. */
    static boolean removed(Draft draft) throws IOException {
        draft.site().tolerateMissing();
        draft.label().ifPresent(Element::remove);
        draft.element().remove();
        return true;
    }

    /** There, but nobody sees it. */
    static boolean hidden(Draft draft) {
        draft.label().ifPresent(label -> label.attr("hidden", true));
        draft.element().attr("style", "display: none");
        return true;
    }

    /** There, but cannot be used. */
    static boolean disabled(Draft draft) {
        boolean can = Set.of("button", "input", "select", "textarea")
                .contains(draft.element().normalName());
        draft.element().attr("disabled", true);
        return can;
    }

    /** Another one of the same kind stands in its place. */
    static boolean replaced(Draft draft) throws IOException {
        draft.site().tolerateMissing();
        Element old = draft.element();
        Element other = new Element(old.normalName());
        switch (old.normalName()) {
            case "button", "a", "summary" -> {
                other.addClass("quiet")
                        .text(draft.pick(List.of("Share with a friend", "Compare teas", "Report a mistake")));
                if (old.normalName().equals("a")) {
                    other.attr("href", "/help");
                } else if (old.normalName().equals("button")) {
                    other.attr("type", "button");
                }
                old.replaceWith(other);
            }
            case "input", "textarea" -> {
                String words = draft.pick(List.of("Fax", "Company", "How did you hear of us?"));
                other.attr("name", "other").attr("type", old.attr("type").equals("checkbox") ? "checkbox" : "text");
                Element label = new Element("label").text(words + " ").appendChild(other);
                draft.label()
                        .filter(around -> !around.equals(old.closest("label")))
                        .ifPresent(Element::remove);
                draft.unit().replaceWith(label);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** It looks as ever and does nothing: a defect of the shop. */
    static boolean dead(Draft draft) {
        String stop = "event.preventDefault(); event.stopImmediatePropagation()";
        if (Set.of("click", "tap", "check").contains(draft.method())) {
            boolean box = draft.method().equals("check");
            draft.element().attr(box ? "onchange" : "onclick", stop);
            return true;
        }
        return false;
    }

    /** Worded differently, and does nothing: the new locator is easily found and must not be believed. */
    static boolean rewordedAndDead(Draft draft) {
        return dead(draft) && (Wordings.text(draft) || Wordings.label(draft));
    }
}
