package io.evenkeel.pipeline.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Port: runs chosen tests of a project once, without retries. One thread. */
public interface TestRunner {

    /**
     * Runs the tests.
     *
     * @param run what to run
     * @return what they said; a test without an entry did not run
     */
    RunResult run(Run run);

    /**
     * One run.
     *
     * @param root folder of the work copy
     * @param ids Playwright's ids, each once, at least one
     * @param record empty folder that keeps traces and other files of the run
     * @param limit after which the run is ended, with all its processes
     */
    record Run(Path root, List<String> ids, Path record, Duration limit) {
        public Run {
            ids = List.copyOf(ids);
        }
    }
}
