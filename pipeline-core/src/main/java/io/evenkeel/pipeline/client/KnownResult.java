package io.evenkeel.pipeline.client;

import java.time.Duration;
import java.util.List;

/**
 * What the coordinator knows of one test of a run.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id
 * @param project project name
 * @param place file and line
 * @param titles describe titles and the test's
 * @param result how it ended
 */
public record KnownResult(String id, String project, Place place, List<String> titles, Result result) {

    public KnownResult {
        titles = List.copyOf(titles);
    }

    /** File relative to the root folder, and line. */
    public record Place(String file, int line) {}

    /**
     * How it ended.
     *
     * @param verdict {@code passed}, {@code flaky}, {@code failed} or {@code skipped}
     * @param attempts at least 1
     * @param duration of the last attempt
     * @param error message of the last failure, empty without one
     */
    public record Result(String verdict, int attempts, Duration duration, String error) {}
}
