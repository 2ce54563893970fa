package io.evenkeel.healing;

import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines for people about one diagnosis, in the order things were found out. One thread. */
final class Explanation {

    private final List<String> lines = new ArrayList<>();

    void say(String line) {
        lines.add(line);
    }

    void ranking(Ranking ranking) {
        say(String.format(
                Locale.ROOT,
                "%d candidates; none of them: %.0f %%; confidence in the first: %.0f %%",
                ranking.candidates().size(),
                100 * ranking.none(),
                100 * ranking.confidence()));
        int place = 1;
        for (Candidate candidate :
                ranking.candidates().subList(0, Math.min(3, ranking.candidates().size()))) {
            say(String.format(
                    Locale.ROOT, "%d. %.0f %% %s", place++, 100 * candidate.probability(), describe(candidate)));
            StringBuilder shares = new StringBuilder();
            for (Share share :
                    candidate.shares().subList(0, Math.min(6, candidate.shares().size()))) {
                if (share.contribution() > 0.05) {
                    String value =
                            Double.isNaN(share.value()) ? "missing" : String.format(Locale.ROOT, "%.2f", share.value());
                    shares.append(String.format(
                            Locale.ROOT,
                            "%s%s %s (%+.1f)",
                            shares.isEmpty() ? "" : ", ",
                            share.signal(),
                            value,
                            share.contribution()));
                }
            }
            say("   " + shares);
        }
    }

    static String describe(Candidate candidate) {
        String name = candidate.element().wording().name();
        String text = name.isEmpty() ? candidate.element().wording().text() : name;
        String cut = text.length() > 60 ? text.substring(0, 57) + "..." : text;
        String role = candidate.element().nature().role();
        String kind = role.isEmpty() ? "<" + candidate.element().nature().tag() + ">" : role;
        return cut.isEmpty() ? kind : kind + " \"" + cut + "\"";
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
