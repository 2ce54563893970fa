package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealMoment;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the proposed repairs with their confidence, verification and diff, and what was refused and why. */
final class MarkdownHeals {

    private final RunSummary summary;
    private final MarkdownPage page;
    private final Map<String, TestName> names;

    MarkdownHeals(RunSummary summary, MarkdownPage page) {
        this.summary = summary;
        this.page = page;
        this.names = summary.tests().stream()
                .filter(t -> t.failed() || t.flaky() || t.attempts().healed() == Attempts.Healed.DURING_THE_RUN)
                .collect(Collectors.toMap(t -> t.name().id(), TestSummary::name, (a, b) -> a));
    }

    void write() {
        List<HealEvent> heals = summary.findings().heals();
        if (heals.isEmpty()) {
            return;
        }
        List<HealEvent> proposed =
                heals.stream().filter(h -> h.locator().healed().isPresent()).toList();
        if (!proposed.isEmpty()) {
            page.add("#### Proposed repairs\n");
            for (HealEvent heal : proposed) {
                String text = proposal(heal);
                if (!page.add(text + diff(heal)) && !page.add(text)) {
                    page.cut("a repair of " + heal.subject().file());
                }
            }
        }
        List<HealEvent> refused =
                heals.stream().filter(h -> h.locator().healed().isEmpty()).toList();
        if (!refused.isEmpty()) {
            String lines = refused.stream().limit(50).map(this::refusal).collect(Collectors.joining());
            page.addOrCut(
                    "<details><summary>Not repaired, with reasons (" + refused.size() + ")</summary>\n\n" + lines
                            + "\n</details>\n",
                    "what was not repaired");
        }
    }

    private String proposal(HealEvent heal) {
        return MarkdownText.code(heal.locator().original()) + " → "
                + MarkdownText.code(heal.locator().healed().orElse("")) + "  \n"
                + MarkdownText.code(heal.subject().file() + ":" + heal.subject().line()) + " · confidence "
                + String.format(Locale.ROOT, "%.2f", heal.decision().confidence()) + " ("
                + MarkdownText.text(heal.locator().strategy()) + ") · "
                + heal.verification().map(MarkdownHeals::verification).orElseGet(() -> unverified(heal)) + "  \n"
                + test(heal) + "\n";
    }

    private static String unverified(HealEvent heal) {
        return heal.decision().moment() == HealMoment.LIVE ? "kept the test going, **not verified**" : "not verified";
    }

    private static String verification(HealVerification v) {
        long passed = v.patched().stream().filter("passed"::equals).count();
        String runs = (v.success() ? "**verified**: " : "**not verified**: ") + MarkdownText.text(v.unpatched())
                + " without the patch, passed " + passed + " of " + v.patched().size() + " with it";
        return v.users() == 0 ? runs : runs + ", " + Words.count(v.users(), "other test") + " using it ran too";
    }

    private String test(HealEvent heal) {
        TestName name = names.get(heal.subject().id());
        return name == null ? "" : "for " + MarkdownSummary.name(name) + "\n";
    }

    private static String diff(HealEvent heal) {
        return heal.patch()
                .map(patch -> "\n<details><summary>diff</summary>\n\n"
                        + MarkdownText.block("diff", Texts.cut(patch, 8_000)) + "\n</details>\n")
                .orElse("");
    }

    private String refusal(HealEvent heal) {
        TestName name = names.get(heal.subject().id());
        return "- " + MarkdownText.code(heal.locator().original())
                + (name == null ? "" : " in " + MarkdownText.code(name.title())) + " – "
                + MarkdownText.text(Texts.cut(heal.decision().reason(), 300)) + "\n";
    }
}
