package io.evenkeel.pipeline.discover;

import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import java.util.List;

/**
 * One test of a suite in one project of the configuration.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id, unique in the suite
 * @param project project name, empty for a configuration without projects
 * @param place file, titles, line and mode
 * @param tags with {@code @}, in the order of the source
 * @param group tests with the same key must run in one worker one after another: a file in default mode, an outermost
 *     serial block inside a parallel file; a test in parallel mode has a key of its own
 */
public record SuiteTest(String id, String project, TestPlace place, List<String> tags, String group) {

    public SuiteTest {
        if (id.isBlank()) {
            throw new IllegalArgumentException("The id of a test must not be blank.");
        }
        tags = List.copyOf(tags);
    }

    /** Returns how Playwright prints this test: {@code [project] › file › describe › test}. */
    public String display() {
        return (project.isEmpty() ? "" : "[" + project + "] › ") + place.file() + " › " + place.fullTitle();
    }
}
