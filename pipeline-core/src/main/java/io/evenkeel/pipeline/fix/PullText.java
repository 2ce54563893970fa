package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.PullRequests.Pull;
import io.evenkeel.pipeline.fix.PullRequests.Text;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.summary.MarkdownText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the description of a fix pull request, with all a reviewer needs to say yes or no. */
final class PullText {

    private static final int LONGEST_TITLE = 120;
    private static final int MOST_TESTS = 30;
    private static final int LONGEST_DIFF = 20_000;

    private PullText() {}

    /** Returns whether a pull request proposed this very change. */
    static boolean isOf(ProvenHeal heal, Pull pull) {
        return pull.text().body().replace("\r\n", "\n").startsWith(marker(heal));
    }

    private static String marker(ProvenHeal heal) {
        return "<!-- evenkeel:heal:v1 " + CauseBranch.cause(heal) + " " + CauseBranch.change(heal) + " -->";
    }

    static Text of(ProvenHeal heal) {
        HealEvent event = heal.event();
        String file = event.subject().file();
        String title = "Heal a broken locator in " + file.substring(file.lastIndexOf('/') + 1);
        return new Text(title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE), body(heal));
    }

    private static String body(ProvenHeal heal) {
        HealEvent event = heal.event();
        StringBuilder body = new StringBuilder(marker(heal)).append("\n");
        body.append(
                        "A test failed because its locator no longer finds its element. This change repairs the locator and nothing else;")
                .append(" it was proven by running the test again.\n\n");
        body.append("| | |\n|---|---|\n");
        row(body, "where", code(event.subject().file() + ":" + event.subject().line()));
        row(body, "old", code(event.locator().original()));
        row(body, "new", code(event.locator().healed().orElse("(see the diff)")));
        row(body, "cause", MarkdownText.text(event.subject().cause()));
        event.subject().pageUrl().ifPresent(url -> row(body, "page", code(url.replaceFirst("[?#].*$", ""))));
        row(
                body,
                "confidence",
                String.format(Locale.ROOT, "%.2f", event.decision().confidence()) + " ("
                        + MarkdownText.text(event.decision().tier()) + ")");
        row(body, "signals", signals(event.locator().signals()));
        row(body, "runs", event.verification().map(PullText::runs).orElse("none"));
        row(body, "other users of the definition", users(event));
        if (!event.decision().reason().isBlank()) {
            row(body, "why", MarkdownText.text(event.decision().reason()));
        }
        body.append("\nTests that failed for this cause:\n\n");
        heal.tests().stream()
                .limit(MOST_TESTS)
                .forEach(test ->
                        body.append("- ").append(MarkdownText.code(test)).append('\n'));
        if (heal.tests().size() > MOST_TESTS) {
            body.append("- and ").append(heal.tests().size() - MOST_TESTS).append(" more\n");
        }
        body.append("\n<details><summary>Before and after</summary>\n\n")
                .append(MarkdownText.block("diff", diff(heal)))
                .append("\n</details>\n\n");
        body.append(
                        "**If the element is really gone, the test is right and the product is wrong: close this without merging.**")
                .append(" A closed one is remembered, and this change is not proposed again.")
                .append(
                        " To stop such pull requests for a branch, leave it out of `--on`; to stop them all, take `--pull-requests`")
                .append(
                        " out of the heal job. Assertions, waits and skips are never touched, and nothing is merged by itself.\n");
        return body.toString();
    }

    private static void row(StringBuilder body, String name, String value) {
        body.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    /** Inside a table even code ends at a pipe. */
    private static String code(String text) {
        return MarkdownText.code(text).replace("|", "\\|");
    }

    private static String signals(Map<String, Double> signals) {
        return signals.isEmpty()
                ? "none"
                : signals.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(signal -> MarkdownText.text(signal.getKey())
                                + String.format(Locale.ROOT, " %.2f", signal.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String runs(HealVerification verification) {
        return "without the change: " + MarkdownText.text(verification.unpatched()) + "; with it: "
                + MarkdownText.text(String.join(", ", verification.patched()));
    }

    private static String users(HealEvent event) {
        int users = event.verification().map(HealVerification::users).orElse(0);
        return users == 0 ? "none known" : users + (users == 1 ? " test" : " tests") + ", run again with the change";
    }

    private static String diff(ProvenHeal heal) {
        String diff = heal.event()
                .patch()
                .orElseGet(() -> heal.patches().stream()
                        .map(patch ->
                                patch.file() + "\n" + prefixed("-", patch.before()) + prefixed("+", patch.after()))
                        .collect(Collectors.joining()));
        return diff.length() <= LONGEST_DIFF ? diff : diff.substring(0, LONGEST_DIFF) + "\n… cut";
    }

    private static String prefixed(String sign, String text) {
        List<String> lines = text.lines().toList();
        return lines.stream().map(line -> sign + line + "\n").collect(Collectors.joining());
    }
}
