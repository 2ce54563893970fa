package io.evenkeel.pipeline.client;

import java.util.List;

/**
 * Asks for a plan; the same run key, machines and tests get the same plan again.
 *
 * @param runKey the CI's build id and attempt
 * @param suite configuration file, relative to the repository
 * @param machines number of executors, at least 1
 * @param workers lanes of each machine, at least 1
 * @param tests in any order
 */
public record PlanRequest(String runKey, String suite, int machines, int workers, List<Entry> tests) {

    public PlanRequest {
        if (machines < 1 || workers < 1) {
            throw new IllegalArgumentException("The machines (" + machines + ") and workers (" + workers
                    + ") of a plan request must be at least 1.");
        }
        tests = List.copyOf(tests);
    }

    /**
     * One test.
     *
     * @param id Playwright's own id
     * @param project project name
     * @param file relative to the root folder
     * @param titles describe titles and the test's
     * @param group tests of one group run on one machine
     */
    public record Entry(String id, String project, String file, List<String> titles, String group) {

        public Entry {
            titles = List.copyOf(titles);
        }
    }
}
