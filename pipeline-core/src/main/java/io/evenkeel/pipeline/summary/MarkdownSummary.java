package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a run as Markdown for GitHub and GitLab: the verdict first, then what a developer has to look at, the rest folded.
 *
 * <p>The same text serves step summary, job page and comment. Thread-safe.
 */
public final class MarkdownSummary {

    private static final int DETAILED = 10;
    private static final int LISTED = 200;
    private static final int SLOWEST = 10;

    private final RunSummary summary;
    private final MarkdownOptions options;
    private final MarkdownPage page;

    private MarkdownSummary(RunSummary summary, MarkdownOptions options) {
        this.summary = summary;
        this.options = options;
        this.page = new MarkdownPage(options.maxBytes());
    }

    /** Returns the whole page, at most {@link MarkdownOptions#maxBytes()} long; what was cut is named at its end. */
    public static String of(RunSummary summary, MarkdownOptions options) {
        return new MarkdownSummary(summary, options).write();
    }

    /** Returns the first line alone; it replaces an old comment when everything is green again. */
    public static String verdictLine(RunSummary summary) {
        return verdictLine(summary, Gate.playwright());
    }

    /** Returns the first line alone; failures the gate excuses do not make it red. */
    public static String verdictLine(RunSummary summary, Gate gate) {
        String sign = switch (summary.verdict()) {
            case PASSED -> "✅";
            case HEALED -> "🩹";
            case FAILED -> excused(summary, gate) ? "🟡" : "❌";
            case INCOMPLETE, EMPTY -> "⚠️";
            case INTERRUPTED -> "⏹️";
        };
        return "### " + sign + " " + MarkdownText.text(Texts.cut(summary.sentence(), 500)) + "\n";
    }

    private static boolean excused(RunSummary summary, Gate gate) {
        return !summary.failures().isEmpty() && ExitCode.of(summary, gate).code() == ExitCode.PASSED;
    }

    private String write() {
        page.add(verdictLine(summary, options.gate()));
        String gate = excused(summary, options.gate()) ? "The gate lets this run pass.\n\n" : "";
        page.add(Advice.of(summary) + gate + facts() + "\n");
        errors();
        missing();
        failures();
        new MarkdownHeals(summary, page).write();
        fold(
                "Healed: passed with another locator only",
                summary.healed().stream().map(test -> name(test.name())).toList());
        fold(
                "Flaky: passed on a retry",
                summary.flaky().stream().map(this::flaky).toList());
        fold(
                "Quarantined: failed, and does not count",
                quarantined().stream().map(this::line).toList());
        fold(
                "Slowest",
                summary.slowest(SLOWEST).stream().map(MarkdownSummary::slow).toList());
        executors();
        fold(
                "Ran on more than one executor",
                summary.findings().duplicates().stream()
                        .map(MarkdownSummary::name)
                        .toList());
        return page.end(options.reportUrl().isEmpty() ? "" : link("the report", options.reportUrl()));
    }

    private String facts() {
        List<String> facts = new ArrayList<>();
        Coverage coverage = summary.coverage();
        facts.add("executed " + Words.number(coverage.executed()) + " of " + Words.number(coverage.discovered())
                + " discovered");
        int executors = summary.executors().size();
        facts.add(Words.time(summary.facts().wall()) + " on " + Words.count(executors, "executor"));
        if (!summary.timeSaved().isZero()) {
            facts.add("about " + Words.time(summary.timeSaved()) + " saved");
        }
        if (!options.reportUrl().isEmpty()) {
            facts.add(link("report", options.reportUrl()));
        }
        if (!options.runUrl().isEmpty()) {
            facts.add(link("run", options.runUrl()));
        }
        return String.join(" · ", facts) + "\n";
    }

    /** Addresses come from the CI; what could close the brackets is percent-encoded. */
    static String link(String text, String url) {
        String address = Texts.oneLine(url)
                .replace(" ", "%20")
                .replace("<", "%3C")
                .replace(">", "%3E")
                .replace("(", "%28")
                .replace(")", "%29");
        return "[" + text + "](" + address + ")";
    }

    private void errors() {
        for (RunError error : summary.findings().errors()) {
            String head = "**Error outside the tests**"
                    + (error.place().isEmpty() ? "" : " at " + MarkdownText.code(error.place())) + "\n\n";
            page.addOrCut(head + MarkdownText.block("text", error.message()), "an error outside the tests");
        }
    }

    private void missing() {
        List<String> lines = summary.coverage().missing().stream()
                .map(m -> name(m.name()) + " – " + m.reason().words())
                .toList();
        fold("Never ran", lines);
    }

    private List<TestSummary> quarantined() {
        return summary.failures().stream()
                .filter(t -> t.counts() && t.kind() == Kind.QUARANTINED)
                .toList();
    }

    private void failures() {
        List<TestSummary> failures = summary.failures().stream()
                .filter(t -> !t.counts() || t.kind() != Kind.QUARANTINED)
                .toList();
        if (failures.isEmpty()) {
            return;
        }
        page.add("#### Failed\n");
        List<String> rest = new ArrayList<>();
        for (TestSummary test : failures) {
            if (rest.isEmpty() && failures.indexOf(test) < DETAILED && page.add(detail(test))) {
                continue;
            }
            rest.add(line(test));
        }
        fold("More failures", rest);
        page.addOrCut("Run them here: " + MarkdownText.code(command(failures)) + "\n", "the command");
    }

    /** One failure: label, name, evidence, and the error folded below its first line. */
    private String detail(TestSummary test) {
        Failure failure = test.diagnosis().failure();
        StringBuilder text = new StringBuilder(line(test)).append("\n\n");
        text.append("<details><summary>")
                .append(MarkdownText.htmlCode(Texts.cut(failure.headline(), 160)))
                .append("</summary>\n\n")
                .append(MarkdownText.block("text", failure.message()));
        if (!failure.snippet().isBlank()) {
            text.append('\n').append(MarkdownText.block("ts", failure.snippet()));
        }
        return text.append("\n</details>\n").toString();
    }

    private String line(TestSummary test) {
        String label = test.counts() ? test.kind().word() : test.role().word() + " failed";
        String evidence = test.diagnosis().label().evidence();
        return (test.counts() && test.kind() == Kind.UNJUDGED ? "" : "**" + label + "** ")
                + name(test.name())
                + (test.attempts().count() > 1 ? " (" + test.attempts().count() + " attempts)" : "")
                + (evidence.isEmpty() ? "" : " – " + MarkdownText.text(Texts.cut(evidence, 300)));
    }

    private String flaky(TestSummary test) {
        int unexpected = test.verdict().match(p -> 0, f -> f.unexpectedAttempts(), f -> 0, s -> 0);
        return name(test.name()) + " – failed " + unexpected + " of "
                + test.attempts().count() + " attempts: "
                + MarkdownText.code(Texts.cut(test.diagnosis().failure().headline(), 160));
    }

    private static String slow(TestSummary test) {
        int executors = test.attempts().executors().size();
        String often = !test.counts() && executors > 1
                ? " (" + test.role().word() + " on " + executors + " executors)"
                : test.attempts().count() > 1 ? " (" + test.attempts().count() + " attempts)" : "";
        return Words.time(test.attempts().total()) + " " + name(test.name()) + often;
    }

    /** Name, project and place of a test. */
    static String name(TestName name) {
        return MarkdownText.code(Texts.cut(name.title(), 300))
                + (name.project().isEmpty() ? "" : " · " + MarkdownText.code(name.project()))
                + (name.file().isEmpty() ? "" : " · " + MarkdownText.code(name.place()));
    }

    private void fold(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        int shown = Math.min(lines.size(), LISTED);
        String head = "<details><summary>" + title + " (" + Words.number(lines.size()) + ")</summary>\n\n";
        // A list that does not fit is halved until it does.
        for (; shown > 0; shown /= 2) {
            String more = shown < lines.size() ? "- … and " + Words.number(lines.size() - shown) + " more\n" : "";
            String items =
                    lines.subList(0, shown).stream().map(l -> "- " + l + "\n").collect(Collectors.joining());
            if (page.add(head + items + more + "\n</details>\n")) {
                return;
            }
        }
        page.cut(title + " (" + Words.number(lines.size()) + ")");
    }

    private void executors() {
        if (summary.executors().size() < 2) {
            return;
        }
        StringBuilder table = new StringBuilder("| executor | tests | planned | busy | wall | ended |\n")
                .append("|---|--:|--:|--:|--:|---|\n");
        summary.executors().stream()
                .limit(LISTED)
                .forEach(e -> table.append("| ")
                        .append(MarkdownText.code(e.name()).replace("|", "\\|"))
                        .append(" | ")
                        .append(e.tally().tests())
                        .append(" | ")
                        .append(
                                e.load().planned().isZero()
                                        ? ""
                                        : Words.time(e.load().planned()))
                        .append(" | ")
                        .append(Words.time(e.load().lane()))
                        .append(" | ")
                        .append(Words.time(e.load().wall()))
                        .append(" | ")
                        .append(e.end().word())
                        .append(" |\n"));
        page.addOrCut(
                "<details><summary>Executors (" + summary.executors().size() + ")</summary>\n\n" + table
                        + "\n</details>\n",
                "the executors");
    }

    /** One command that runs the failed tests on the developer's machine. */
    private String command(List<TestSummary> failures) {
        Set<String> places = new LinkedHashSet<>();
        Set<String> projects = new LinkedHashSet<>();
        for (TestSummary test : failures) {
            if (places.size() < DETAILED && !test.name().file().isEmpty()) {
                places.add(quoted(test.name().place()));
                if (!test.name().project().isEmpty() && test.counts()) {
                    projects.add("--project=" + quoted(test.name().project()));
                }
            }
        }
        return options.testCommand() + " " + String.join(" ", places) + (projects.isEmpty() ? "" : " ")
                + String.join(" ", projects);
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
