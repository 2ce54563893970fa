package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The verdict of a run in one sentence: what failed, whose failure it is, what is missing. */
final class Sentence {

    private Sentence() {}

    static String of(RunSummary summary) {
        Coverage coverage = summary.coverage();
        if (summary.executors().isEmpty()) {
            return "There are no results: no executor wrote its spool.";
        }
        if (coverage.discovered() == 0) {
            return nothingRan(summary);
        }
        List<String> parts = new ArrayList<>();
        long setups =
                summary.tests().stream().filter(t -> !t.counts() && t.failed()).count();
        RunSummary.Counts counts = summary.counts();
        if (counts.failed() > 0) {
            parts.add(share(counts.failed(), coverage.discovered()) + " failed" + labels(summary));
            if (!summary.healed().isEmpty()) {
                parts.add(healed(summary));
            }
        } else if (setups == 0 && coverage.complete()) {
            parts.add(passed(summary, counts));
        }
        if (setups > 0) {
            parts.add(setups == 1 ? "1 set-up failed" : setups + " set-ups failed");
        }
        if (!coverage.complete()) {
            parts.add(missing(coverage, parts.isEmpty()));
        }
        addRepairs(summary, parts);
        addErrors(summary, parts);
        return String.join("; ", parts) + ".";
    }

    private static String nothingRan(RunSummary summary) {
        return summary.findings().errors().stream()
                .map(e -> new Failure(e.message(), "", "").firstLine())
                .filter(line -> !line.startsWith("Error: No tests found"))
                .findFirst()
                .map(line -> "No test ran: " + line + (line.matches(".*[.!?]") ? "" : "."))
                .orElse("No tests were found.");
    }

    private static String share(long part, int whole) {
        return Words.number(part) + " of " + Words.count(whole, "test");
    }

    private static String labels(RunSummary summary) {
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        for (TestSummary test : summary.tests()) {
            if (test.counts() && test.failed()) {
                kinds.merge(test.kind(), 1, Integer::sum);
            }
        }
        if (kinds.keySet().equals(Set.of(Kind.UNJUDGED))) {
            return "";
        }
        List<String> words = new ArrayList<>();
        kinds.forEach((kind, count) -> words.add(Words.number(count) + " " + kind.word()));
        return ": " + String.join(", ", words);
    }

    private static String passed(RunSummary summary, RunSummary.Counts counts) {
        int discovered = summary.coverage().discovered();
        int passed = counts.passed() + counts.flaky();
        List<String> parts = new ArrayList<>();
        if (counts.skipped() == 0) {
            parts.add(discovered == 1 ? "The 1 test passed" : "All " + Words.count(discovered, "test") + " passed");
        } else {
            parts.add(share(passed, discovered) + " passed");
            parts.add(Words.number(counts.skipped()) + (counts.skipped() == 1 ? " was skipped" : " were skipped"));
        }
        if (counts.flaky() > 0) {
            parts.add(Words.number(counts.flaky()) + (counts.flaky() == 1 ? " was flaky" : " were flaky"));
        }
        if (!summary.healed().isEmpty()) {
            parts.add(healed(summary));
        }
        return String.join(", ", parts);
    }

    /** A test that went on with another locator has passed, but not as it is written. */
    private static String healed(RunSummary summary) {
        return Words.number(summary.healed().size()) + " healed (with another locator only)";
    }

    private static String missing(Coverage coverage, boolean first) {
        Map<MissingReason, Integer> reasons = new EnumMap<>(MissingReason.class);
        coverage.missing().forEach(m -> reasons.merge(m.reason(), 1, Integer::sum));
        MissingReason main = reasons.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(MissingReason.UNEXPLAINED);
        int count = coverage.missing().size();
        return (first ? share(count, coverage.discovered()) : Words.number(count)) + " never ran (" + main.words()
                + (reasons.size() > 1 ? ", and other reasons" : "") + ")";
    }

    private static void addRepairs(RunSummary summary, List<String> parts) {
        long repairs = summary.findings().heals().stream()
                .filter(h -> h.verification().map(v -> v.success()).orElse(false))
                .map(h -> h.subject().id())
                .distinct()
                .count();
        if (repairs > 0) {
            parts.add(Words.number(repairs) + (repairs == 1 ? " has" : " have") + " a verified repair");
        }
    }

    private static void addErrors(RunSummary summary, List<String> parts) {
        boolean told = !summary.coverage().complete() || summary.counts().failed() > 0;
        int errors = summary.findings().errors().size();
        if (errors > 0 && !told) {
            parts.add(Words.count(errors, "error") + " outside the tests");
        }
    }
}
