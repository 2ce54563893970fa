package io.evenkeel.pipeline.heal;

import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is said instead of many repairs when a redesign broke more locators than are repaired: one table for each file. Pure. */
public final class RedesignReport {

    private RedesignReport() {}

    /**
     * Returns the report as Markdown.
     *
     * @param results of one job
     * @param most broken definitions that are still repaired one by one
     * @return empty unless there are more
     */
    public static Optional<String> of(List<HealResult> results, int most) {
        Map<String, List<HealResult>> byFile = new TreeMap<>();
        int broken = 0;
        for (HealResult result : results) {
            if (!result.patches().isEmpty()) {
                broken++;
                byFile.computeIfAbsent(result.event().subject().file(), file -> new ArrayList<>())
                        .add(result);
            }
        }
        if (broken <= most) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder("# A redesign: " + broken + " locators are broken at once\n\n");
        out.append("More than ")
                .append(most)
                .append(" are not repaired one by one, and none was proven. ")
                .append("Look at the pages first; each line is what the test source says now and what it could say.\n");
        byFile.forEach((file, list) -> {
            out.append("\n## ")
                    .append(file)
                    .append("\n\n| line | now | could be | confidence | tests |\n|---|---|---|---|---|\n");
            list.forEach(result -> out.append(line(result)));
        });
        return Optional.of(out.toString());
    }

    private static String line(HealResult result) {
        HealEvent event = result.event();
        return String.format(
                Locale.ROOT,
                "| %d | `%s` | `%s` | %.0f %% | %d |\n",
                event.subject().line(),
                cell(event.locator().original()),
                cell(event.locator().healed().orElse("")),
                100 * event.decision().confidence(),
                result.tests().size());
    }

    /** A cell can hold neither a bar nor a backtick nor a line break. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace('`', '\'').replaceAll("\\s+", " ");
    }
}
