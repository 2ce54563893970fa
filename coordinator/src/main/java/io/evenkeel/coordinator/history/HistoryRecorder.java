package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.flaky.duration.DurationHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the histories and daily counts in step with the attempts of one batch.
 *
 * <p>One thread, one transaction; each test is read and written once.
 */
public final class HistoryRecorder {

    /** Passed first attempts remembered one by one, for the timings file. */
    public static final int RECENT = 20;

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private final Transaction tx;
    private final Frame frame;
    private final Map<Long, int[]> counts = new LinkedHashMap<>();
    private final Map<Long, Memory> memories = new LinkedHashMap<>();
    private int attempts;
    private long testMs;

    /**
     * The run that the attempts belong to.
     *
     * @param suiteId key of its suite
     * @param createdMs when it was opened; its day is the day all its results count for
     * @param commitOrdinal rises with each new commit
     * @param stable whether its branch is one on which everything should pass
     */
    public record Frame(long suiteId, long createdMs, long commitOrdinal, boolean stable) {

        long day() {
            return Math.floorDiv(createdMs, DAY_MS);
        }
    }

    private record Memory(DurationHistory durations, List<Long> recentMs) {}

    /** Works in this transaction. */
    public HistoryRecorder(Transaction tx, Frame frame) {
        this.tx = tx;
        this.frame = frame;
    }

    /** The verdict of a test in this run has changed; codes are those of {@link Codes}. */
    public void verdictChanged(long testId, int before, int after) {
        int[] change = counts.computeIfAbsent(testId, id -> new int[5]);
        change[before]--;
        change[after]++;
    }

    /** An attempt has ended. */
    public void attempted(Duration duration) {
        attempts++;
        testMs += duration.toMillis();
    }

    /** A first attempt ended as expected: its duration says something about the next one. */
    public void firstAttemptPassed(long testId, Duration duration) {
        Memory memory = memories.computeIfAbsent(testId, this::load);
        if (frame.stable()) {
            memory.durations().add(frame.commitOrdinal(), duration);
        } else {
            memory.durations().addFromPullRequest(duration);
        }
        memory.recentMs().add(duration.toMillis());
        if (memory.recentMs().size() > RECENT) {
            memory.recentMs().remove(0);
        }
    }

    /**
     * An executor has ended: learns what passes outside of the tests, between two of them and before and after all.
     *
     * @param wall time of the whole runner
     */
    public void machineEnded(long runId, long spoolId, Duration wall) {
        List<long[]> lanes =
                tx.all("""
                select count(*), sum(duration_ms), max(started_ms + duration_ms) - min(started_ms)
                from attempt where run_id = ? and spool_id = ? and started_ms > 0 group by parallel""", row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)}, runId, spoolId);
        long gaps = lanes.stream().mapToLong(lane -> lane[0] - 1).sum();
        long idle =
                lanes.stream().mapToLong(lane -> Math.max(0, lane[2] - lane[1])).sum();
        long longest = lanes.stream().mapToLong(lane -> lane[2]).max().orElse(0);
        if (gaps > 0) {
            tx.update(
                    "insert into machine_cost (suite_id, per_unit_ms, per_machine_ms) values (?, ?, ?)",
                    frame.suiteId(),
                    idle / gaps,
                    Math.max(0, wall.toMillis() - longest));
        }
    }

    /** Writes everything. */
    public void save() {
        int[] all = new int[5];
        counts.forEach((testId, change) -> {
            day(testId, change);
            Arrays.setAll(all, code -> all[code] + change[code]);
        });
        if (attempts > 0 || !counts.isEmpty()) {
            tx.later(
                    """
                    insert into suite_day (suite_id, day, passed, flaky, failed, skipped, attempts, test_ms)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (suite_id, day) do update set passed = passed + excluded.passed,
                      flaky = flaky + excluded.flaky, failed = failed + excluded.failed,
                      skipped = skipped + excluded.skipped, attempts = attempts + excluded.attempts,
                      test_ms = test_ms + excluded.test_ms""",
                    frame.suiteId(),
                    frame.day(),
                    all[Codes.PASSED],
                    all[Codes.FLAKY],
                    all[Codes.FAILED],
                    all[Codes.SKIPPED],
                    attempts,
                    testMs);
        }
        memories.forEach((testId, memory) ->
                tx.later("""
                insert into test_history (test_id, durations, recent) values (?, ?, ?)
                on conflict (test_id) do update set durations = excluded.durations, recent = excluded.recent""", testId, memory.durations().toBytes(), RecentDurations.format(memory.recentMs())));
    }

    private void day(long testId, int[] change) {
        tx.later(
                """
                        insert into test_day (test_id, day, passed, flaky, failed, skipped) values (?, ?, ?, ?, ?, ?)
                        on conflict (test_id, day) do update set passed = passed + excluded.passed, flaky = flaky + excluded.flaky,
                          failed = failed + excluded.failed, skipped = skipped + excluded.skipped""",
                testId,
                frame.day(),
                change[Codes.PASSED],
                change[Codes.FLAKY],
                change[Codes.FAILED],
                change[Codes.SKIPPED]);
    }

    private Memory load(long testId) {
        Optional<Memory> stored = tx.first(
                "select durations, recent from test_history where test_id = ?",
                row -> new Memory(durations(row.getBytes(1)), new ArrayList<>(RecentDurations.parse(row.getString(2)))),
                testId);
        return stored.orElseGet(() -> new Memory(new DurationHistory(), new ArrayList<>()));
    }

    private static DurationHistory durations(byte[] bytes) {
        try {
            return DurationHistory.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            // Written by another version: the history fills again, and a batch must never fail for it.
            return new DurationHistory();
        }
    }
}
