package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the evidence of a heal so that a reviewer can decide without opening anything else. */
final class CommitMessage {

    private static final int LONGEST_SUBJECT = 72;
    private static final int MOST_TESTS = 20;

    private CommitMessage() {}

    /**
     * Returns the message.
     *
     * @param branch the branch the commit is on, for how to reject it
     */
    static String of(ProvenHeal heal, String branch) {
        HealEvent event = heal.event();
        List<String> lines = new ArrayList<>();
        lines.add(subject(event));
        lines.add("");
        lines.add("Where:      " + line(event.subject().file()) + ":"
                + event.subject().line());
        lines.add("Old:        " + line(event.locator().original()));
        lines.add("New:        " + line(event.locator().healed().orElse("(see the diff)")));
        lines.add("Cause:      " + line(event.subject().cause())
                + event.subject()
                        .pageUrl()
                        .map(url -> " on " + line(withoutQuery(url)))
                        .orElse(""));
        lines.add("Confidence: " + decision(event.decision()));
        lines.add("Signals:    " + signals(event.locator().signals()));
        lines.add("Verified:   "
                + event.verification().map(CommitMessage::verification).orElse("no"));
        if (!event.decision().reason().isBlank()) {
            lines.add("Reason:     " + line(event.decision().reason()));
        }
        lines.add("");
        lines.add(heal.tests().size() == 1 ? "Test that failed for this cause:" : "Tests that failed for this cause:");
        heal.tests().stream().limit(MOST_TESTS).forEach(test -> lines.add("* " + line(test)));
        if (heal.tests().size() > MOST_TESTS) {
            lines.add("* and " + (heal.tests().size() - MOST_TESTS) + " more");
        }
        lines.add("");
        lines.add("To reject this heal, revert this commit on " + branch + ", or close its pull request");
        lines.add("and delete the branch. If the element is really gone, the test is right and the product is wrong.");
        return String.join("\n", lines) + "\n";
    }

    private static String subject(HealEvent event) {
        String file = line(event.subject().file());
        String name = file.substring(file.lastIndexOf('/') + 1);
        String subject = "heal: " + line(event.locator().original()) + " in " + name;
        if (subject.codePointCount(0, subject.length()) <= LONGEST_SUBJECT) {
            return subject;
        }
        String shorter = "heal: locator in " + name + ":" + event.subject().line();
        return shorter.codePointCount(0, shorter.length()) <= LONGEST_SUBJECT
                ? shorter
                : shorter.substring(0, shorter.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
    }

    private static String decision(HealDecision decision) {
        return String.format(Locale.ROOT, "%.2f (%s)", decision.confidence(), line(decision.tier()));
    }

    private static String signals(Map<String, Double> signals) {
        if (signals.isEmpty()) {
            return "none";
        }
        return signals.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(signal -> String.format(Locale.ROOT, "%s %.2f", line(signal.getKey()), signal.getValue()))
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    private static String verification(HealVerification verification) {
        String users = verification.users() == 0
                ? ""
                : "; other tests that use the definition and were run again: " + verification.users();
        return "without the patch: " + line(verification.unpatched()) + "; with it: "
                + line(String.join(", ", verification.patched())) + users;
    }

    /** A page address may carry session tokens in its query. */
    private static String withoutQuery(String url) {
        return url.replaceFirst("[?#].*$", "");
    }

    /** Titles and locators are other people's texts: they stay on their line and cannot look like a trailer. */
    private static String line(String text) {
        String flat = text.replaceAll("\\p{Cntrl}+", " ").strip();
        int most = 400;
        return flat.length() <= most
                ? flat
                : flat.substring(0, flat.offsetByCodePoints(0, flat.codePointCount(0, most) - 1)) + "…";
    }
}
