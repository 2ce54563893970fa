package io.evenkeel.pipeline.playwright;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Playwright's rule for the id of a test, the same in all versions from 1.32 to 1.65.
 *
 * <p>{@code sha1(file) - sha1("[project=" + project id + "]" + titles joined by U+001E)}, both in hex and cut to 20
 * characters. The first file is relative to the project's {@code testDir}, the first title is the file relative to the
 * configuration's {@code rootDir}; these differ when projects have folders of their own. Source: {@code bindFileSuiteToProject}
 * in Playwright's suiteUtils.
 */
public final class PlaywrightTestId {

    private static final char SEPARATOR = '\u001e';
    private static final int DIGITS = 20;

    private PlaywrightTestId() {}

    /**
     * Computes an id.
     *
     * @param project id of the project: its name; Playwright appends a number to a name that is used twice
     * @param fileInTestDir file relative to the project's {@code testDir}, with {@code /}
     * @param fileInRootDir file relative to the {@code rootDir}, with {@code /}
     * @param titles describe titles (anonymous ones left out) and the test's
     */
    public static String of(String project, String fileInTestDir, String fileInRootDir, List<String> titles) {
        return of(project, fileInTestDir, fileInRootDir, titles, 0);
    }

    /**
     * Computes the id of a repetition.
     *
     * @param repeat index of {@code --repeat-each}, from 0
     */
    public static String of(
            String project, String fileInTestDir, String fileInRootDir, List<String> titles, int repeat) {
        StringBuilder expression = new StringBuilder("[project=" + project + "]").append(fileInRootDir);
        titles.forEach(title -> expression.append(SEPARATOR).append(title));
        if (repeat > 0) {
            expression.append(" (repeat:").append(repeat).append(')');
        }
        return digest(fileInTestDir) + "-" + digest(expression.toString());
    }

    @SuppressWarnings("deprecation") // SHA-1 is what Playwright uses; nothing here depends on its strength.
    private static String digest(String text) {
        return Hashing.sha1()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, DIGITS);
    }
}
