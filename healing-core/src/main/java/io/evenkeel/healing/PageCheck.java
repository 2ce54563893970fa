package io.evenkeel.healing;

import io.evenkeel.healing.reference.PageFacts;
import java.util.HashSet;
import java.util.Set;

/** Whether the page of a failure is the page of the passing run. Pure. */
final class PageCheck {

    /** Below this share of common landmarks, headings and test ids a page at another address is another page. */
    private static final double ENOUGH_ELSEWHERE = 0.5;

    /** Below this share even a page at the same address is another one, such as an error or login page. */
    private static final double ENOUGH_HERE = 0.15;

    private PageCheck() {}

    /** Returns the reason why it is another page; empty if it is the same. */
    static String difference(PageFacts then, PageFacts now) {
        boolean movedAway =
                !then.path().isEmpty() && !now.path().isEmpty() && !then.path().equals(now.path());
        double common = common(then.marks(), now.marks());
        boolean known = then.marks().size() >= 3;
        String marks = Math.round(common * 100) + " % of its landmarks, headings and test ids are there";
        if (movedAway && (!known || common < ENOUGH_ELSEWHERE)) {
            return "The test passed on " + then.path() + " and failed on " + now.path() + "; " + marks + ".";
        }
        boolean sameTitle = !then.title().isEmpty() && then.title().equals(now.title());
        if (known && common < ENOUGH_HERE && !sameTitle) {
            return "The page titled \"" + now.title() + "\" is not the one titled \"" + then.title() + "\": only "
                    + marks + ".";
        }
        return "";
    }

    /** Share of what was there that is still there. */
    private static double common(Set<String> then, Set<String> now) {
        if (then.isEmpty()) {
            return 1;
        }
        Set<String> both = new HashSet<>(then);
        both.retainAll(now);
        return both.size() / (double) then.size();
    }
}
