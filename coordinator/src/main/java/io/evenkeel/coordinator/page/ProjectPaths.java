package io.evenkeel.coordinator.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths as people know them in their project, without the folder of the machine that ran the test.
 *
 * <p>Only the file of a test is told relative to the project; where its whole path stands in an error, the rest of that path is the machine's.
 * Immutable.
 */
final class ProjectPaths {

    private final String machine;

    private ProjectPaths(String machine) {
        this.machine = machine;
    }

    /**
     * @param testFile file of the test, relative to the folder of the tests
     * @param texts the place and the stack of an error
     */
    static ProjectPaths in(String testFile, String... texts) {
        // The folder of the tests stays: pages/ and tests/ lie beside each other.
        Pattern whole = Pattern.compile("(/[^\\s()]*/)[^/\\s()]+/" + Pattern.quote(testFile));
        for (String text : texts) {
            Matcher found = whole.matcher(text);
            if (!testFile.isEmpty() && found.find()) {
                return new ProjectPaths(found.group(1));
            }
        }
        return new ProjectPaths("");
    }

    /** Returns the text with paths inside of the project only. */
    String shown(String text) {
        return machine.isEmpty() ? text : text.replace(machine, "");
    }
}
