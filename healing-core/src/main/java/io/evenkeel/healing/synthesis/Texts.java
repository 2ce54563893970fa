package io.evenkeel.healing.synthesis;

import io.evenkeel.healing.snapshot.Content;
import io.evenkeel.healing.snapshot.Element;

/** Text of elements as Playwright's text engine sees it: text content with white space collapsed, or the value of a button. */
final class Texts {

    private static final int LIMIT = 4_000;

    private Texts() {}

    static String of(Element element) {
        String type = element.attribute("type");
        if (element.tag().equals("input")) {
            return type.equals("submit") || type.equals("button") || type.equals("reset")
                    ? element.attribute("value")
                    : "";
        }
        StringBuilder out = new StringBuilder();
        collect(element, out);
        return out.toString()
                .replace('\u00a0', ' ')
                .replace("\u200b", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static void collect(Element element, StringBuilder out) {
        if (skipped(element)) {
            return;
        }
        for (Content child : element.content()) {
            if (out.length() > LIMIT) {
                return;
            }
            if (child instanceof Content.Text text) {
                out.append(text.value());
            } else if (child instanceof Element inner && inner.frame() == element.frame()) {
                collect(inner, out);
            }
        }
    }

    private static boolean skipped(Element element) {
        return switch (element.tag()) {
            case "script", "style", "noscript", "head", "template" -> true;
            default -> false;
        };
    }

    /** Returns whether the text of the element matches and that of none of its children does. */
    static boolean smallest(Element element, TextPattern pattern) {
        if (skipped(element) || !pattern.matches(of(element))) {
            return false;
        }
        for (Element child : element.children()) {
            if (child.frame() == element.frame() && !skipped(child) && pattern.matches(of(child))) {
                return false;
            }
        }
        return true;
    }
}
