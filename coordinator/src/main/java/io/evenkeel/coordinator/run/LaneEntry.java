package io.evenkeel.coordinator.run;

/**
 * One attempt on the timeline of a run.
 *
 * <p>Immutable.
 *
 * @param spoolId key of the executor
 * @param parallel lane, from 0
 * @param startedMs epoch milliseconds by the executor's clock
 * @param durationMs how long it took
 * @param verdict {@code passed}, {@code failed}, {@code flaky} (an attempt that failed of a test that passed in the end) or {@code
 *     skipped}
 * @param title titles of the test
 */
public record LaneEntry(long spoolId, int parallel, long startedMs, long durationMs, String verdict, String title) {}
