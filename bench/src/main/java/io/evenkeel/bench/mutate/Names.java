package io.evenkeel.bench.mutate;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jsoup.nodes.Element;

/** What only programs read is named differently, in the pages, scripts and style sheets alike. */
final class Names {

    private static final String TEST_ID = "data-testid";

    private Names() {}

    /** Another test id. */
    static boolean testId(Draft draft) throws IOException {
        for (Element element : draft.around()) {
            String old = element.attr(TEST_ID);
            if (!old.isEmpty() && draft.locator().contains("getByTestId('" + old + "')")) {
                String now = other(draft, old);
                draft.site().renameTestId(old, now);
                element.attr(TEST_ID, now);
                return true;
            }
        }
        return false;
    }

    /** Another id, of the element or of a container the locator names. */
    static boolean id(Draft draft) throws IOException {
        for (Element element : draft.around()) {
            String old = element.id();
            if (!old.isEmpty() && draft.selects("#" + old)) {
                String now = other(draft, old);
                draft.site().renameId(old, now);
                for (String reference : List.of("for", "aria-controls", "aria-labelledby")) {
                    draft.document().select("[" + reference + "=" + old + "]").attr(reference, now);
                }
                element.id(now);
                return true;
            }
        }
        return false;
    }

    /** Another class, of the element or of a container the locator names. */
    static boolean cssClass(Draft draft) throws IOException {
        for (Element element : draft.around()) {
            for (String old : element.classNames()) {
                if (draft.selects("." + old)) {
                    String now = other(draft, old);
                    draft.site().renameClass(old, now);
                    draft.document().select("." + old).removeClass(old).addClass(now);
                    return true;
                }
            }
        }
        return false;
    }

    private static String other(Draft draft, String old) {
        List<UnaryOperator<String>> ways = List.of(
                name -> "ht-" + name,
                name -> name + "-" + draft.pick(List.of("area", "control", "v2", "box")),
                name -> "x" + Integer.toHexString(name.hashCode()),
                name -> name.replace("-", "_") + "_el");
        return draft.pick(ways).apply(old);
    }
}
