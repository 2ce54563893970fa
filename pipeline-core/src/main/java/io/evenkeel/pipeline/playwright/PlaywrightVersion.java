package io.evenkeel.pipeline.playwright;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Playwright, as far as what it can do depends on it.
 *
 * <p>Immutable.
 */
public record PlaywrightVersion(int major, int minor) implements Comparable<PlaywrightVersion> {

    /** Older ones load no reporter of ours. */
    public static final PlaywrightVersion OLDEST = new PlaywrightVersion(1, 32);

    /** From here {@code --last-failed} runs exactly the test ids of a file. */
    static final PlaywrightVersion LAST_RUN_FILE = new PlaywrightVersion(1, 44);

    /** From here a reporter may leave out tests before the run. */
    static final PlaywrightVersion PREPROCESS = new PlaywrightVersion(1, 62);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:[.-].*)?");

    /** Returns the version, empty when the text is none. */
    public static Optional<PlaywrightVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(
                        new PlaywrightVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Returns how this version runs exactly the tests it is told. */
    public SelectionWay selectionWay() {
        if (compareTo(PREPROCESS) >= 0) {
            return SelectionWay.PREPROCESS;
        }
        return compareTo(LAST_RUN_FILE) >= 0 ? SelectionWay.LAST_RUN_FILE : SelectionWay.GREP;
    }

    @Override
    public int compareTo(PlaywrightVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
