package io.evenkeel.pipeline.host;

import io.evenkeel.pipeline.summary.CommentAdvice;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.Gate;
import io.evenkeel.pipeline.summary.MarkdownOptions;
import io.evenkeel.pipeline.summary.MarkdownSummary;
import io.evenkeel.pipeline.summary.RunSummary;

/**
 * A judged run, ready to be told.
 *
 * <p>Immutable.
 *
 * @param summary what the run says
 * @param decision the exit code it ends with
 * @param gate what decided
 * @param style where it points to and how much is wanted
 */
public record Publication(RunSummary summary, ExitCode.Decision decision, Gate gate, Style style) {

    /** When a comment is wanted. */
    public enum Comments {
        /** When something failed, is missing or was healed; an old comment turns into one green line. */
        PROBLEMS,
        /** After every run that has results. */
        ALWAYS,
        /** Never. */
        OFF
    }

    /**
     * How the run is told.
     *
     * @param key tells the suites of one project apart: one comment and one check for each; usually {@code playwright}
     * @param links where readers are sent
     * @param sources where the files of the summary lie in the repository
     * @param testCommand how the user calls Playwright
     * @param comments when a comment is wanted
     */
    public record Style(String key, Links links, Sources sources, String testCommand, Comments comments) {

        public Style {
            if (!key.matches("[A-Za-z0-9][A-Za-z0-9 ._/-]{0,59}")) {
                throw new IllegalArgumentException("The name of the report (" + key
                        + ") must be 1 to 60 letters, digits, spaces, dots, slashes, dashes or underscores.");
            }
        }

        /** Returns a style without a report. */
        public static Style plain(String runUrl) {
            return new Style(
                    "playwright", new Links("", runUrl), Sources.atRoot(), "npx playwright test", Comments.PROBLEMS);
        }

        /** Returns the same style with other wishes about comments. */
        public Style with(Comments other) {
            return new Style(key, links, sources, testCommand, other);
        }
    }

    /** Where readers are sent: the merged report and the run in the CI; each empty when it has no address. */
    public record Links(String report, String run) {}

    /**
     * Where files lie in the repository; each is empty or ends with a slash.
     *
     * @param project what stands before paths relative to the project folder, as healing events have them
     * @param tests what stands before paths relative to the suite's root folder, as test names have them
     */
    public record Sources(String project, String tests) {

        /** The suite lies at the root of the repository. */
        public static Sources atRoot() {
            return new Sources("", "");
        }
    }

    /** Returns the page, at most so many bytes long. */
    public String markdown(int maxBytes) {
        return MarkdownSummary.of(
                summary,
                new MarkdownOptions(
                        maxBytes, style.links().report(), style.links().run(), style.testCommand(), gate));
    }

    /** Returns the verdict alone. */
    public String verdictLine() {
        return MarkdownSummary.verdictLine(summary, gate);
    }

    /** Returns what to do about the comment under the change. */
    public CommentAdvice advice() {
        if (style.comments() == Comments.OFF) {
            return CommentAdvice.NEVER;
        }
        CommentAdvice advice = CommentAdvice.of(summary);
        return advice == CommentAdvice.ONLY_UPDATE && style.comments() == Comments.ALWAYS
                ? CommentAdvice.WRITE
                : advice;
    }
}
