package io.evenkeel.jenkins.results;

import java.util.Locale;
import net.sf.json.JSONObject;

/**
 * One executor of the run, as a bar of the timeline.
 *
 * <p>Immutable.
 *
 * @param name the shard, or the spool where there is no plan
 * @param tests how many it ran
 * @param end how it ended
 * @param plannedMs what the plan said, 0 without one
 * @param busyMs time in tests over all workers divided by the workers
 * @param wallMs from its first event to its last
 */
public record ExecutorRow(String name, int tests, String end, long plannedMs, long busyMs, long wallMs) {

    /** Width of the timeline's drawing, in its own units. */
    private static final int WIDTH = 600;

    static ExecutorRow of(JSONObject executor) {
        int shard = executor.optInt("shard");
        int workers = Math.max(1, executor.optInt("workers", 1));
        return new ExecutorRow(
                shard > 0 ? "shard " + shard : executor.optString("spool"),
                executor.optInt("tests"),
                executor.optString("end"),
                executor.optLong("plannedMs"),
                executor.optLong("busyMs") / workers,
                executor.optLong("wallMs"));
    }

    /** Returns the length of a bar where {@code longestMs} is the whole width. */
    static int bar(long ms, long longestMs) {
        return longestMs <= 0 ? 0 : (int) Math.min(WIDTH, Math.max(0, ms) * WIDTH / longestMs);
    }

    /** Returns the wall time for people. */
    public String wall() {
        return seconds(wallMs);
    }

    /** Returns the planned time for people, a dash without a plan. */
    public String planned() {
        return plannedMs > 0 ? seconds(plannedMs) : "–";
    }

    static String seconds(long ms) {
        return ms < 60_000
                ? String.format(Locale.ROOT, "%.1f s", ms / 1000.0)
                : String.format(Locale.ROOT, "%d min %d s", ms / 60_000, ms / 1000 % 60);
    }
}
