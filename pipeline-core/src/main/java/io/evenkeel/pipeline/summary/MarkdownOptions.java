package io.evenkeel.pipeline.summary;

/**
 * Where the Markdown goes and what it points to.
 *
 * <p>Immutable.
 *
 * @param maxBytes size of the page in UTF-8, at least 2,000
 * @param reportUrl the whole report, empty when there is no address for it
 * @param runUrl the run in the CI, empty when not known
 * @param testCommand how the user calls Playwright, for example {@code npx playwright test}
 * @param gate which failures fail the pipeline
 */
public record MarkdownOptions(int maxBytes, String reportUrl, String runUrl, String testCommand, Gate gate) {

    /** A GitHub step summary: 1 MiB. */
    public static final int GITHUB_SUMMARY = 1 << 20;

    /** A comment: 65,536 characters, less room for the marker that finds it again. */
    public static final int COMMENT = 65_000;

    public MarkdownOptions {
        if (maxBytes < 2_000) {
            throw new IllegalArgumentException("The maxBytes (" + maxBytes + ") of a summary must be at least 2000.");
        }
    }

    /** Options of a pipeline that fails as Playwright says, minus quarantined tests. */
    public MarkdownOptions(int maxBytes, String reportUrl, String runUrl, String testCommand) {
        this(maxBytes, reportUrl, runUrl, testCommand, Gate.playwright());
    }

    /** Options without links. */
    public static MarkdownOptions plain(int maxBytes) {
        return new MarkdownOptions(maxBytes, "", "", "npx playwright test");
    }
}
