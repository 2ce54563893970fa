package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.summary.FailureLabel.Kind;

/** Tells the developer in one line whether the red is theirs. */
final class Advice {

    private Advice() {}

    /** Returns bold Markdown with a line end, empty when there is nothing to advise. */
    static String of(RunSummary summary) {
        int failed = summary.counts().failed();
        long fresh = count(summary, Kind.NEW);
        long unjudged = count(summary, Kind.UNJUDGED);
        long quarantined = count(summary, Kind.QUARANTINED);
        if (failed == 0 || unjudged == failed) {
            return "";
        }
        if (quarantined == failed) {
            return "**Nothing to do: what failed is in quarantine.**\n\n";
        }
        String rest = failed - fresh - unjudged > 0 ? " The rest failed before, without this change." : "";
        if (fresh > 0) {
            return "**" + (fresh == failed ? fresh == 1 ? "It" : "They all" : fresh + " of them")
                    + " began with this change: look there first.**" + rest + "\n\n";
        }
        return unjudged > 0
                ? "**None is known to have begun with this change; " + unjudged + " could not be judged.**" + rest
                        + "\n\n"
                : "**None of them began with this change.**\n\n";
    }

    private static long count(RunSummary summary, Kind kind) {
        return summary.tests().stream()
                .filter(t -> t.counts() && t.failed() && t.kind() == kind)
                .count();
    }
}
