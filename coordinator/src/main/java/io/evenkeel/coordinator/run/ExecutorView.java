package io.evenkeel.coordinator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One executor of a run.
 *
 * <p>Immutable.
 *
 * @param spoolId key of its spool
 * @param shard from 1, 0 without a plan
 * @param name name of the machine
 * @param setting version of Playwright and number of lanes
 * @param work what it did
 */
public record ExecutorView(long spoolId, int shard, String name, Setting setting, Work work) {

    /** What runs there. */
    public record Setting(String playwright, int workers) {}

    /**
     * What it did.
     *
     * @param begun first event
     * @param wall time until the runner ended, or until the last event
     * @param busy time of all its attempts
     * @param attempts number of ended attempts
     * @param end how it ended
     */
    public record Work(Instant begun, Duration wall, Duration busy, int attempts, End end) {}

    /** How an executor ended: empty status and exit code -1 while it runs; {@code notRun} are tests of its share. */
    public record End(String status, int exitCode, List<String> notRun) {

        public End {
            notRun = List.copyOf(notRun);
        }
    }
}
