package io.evenkeel.pipeline.report;

import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the time a run spends outside of its tests.
 *
 * <p>Each unit costs what passes on a lane between the last attempt of one file and the first of the next: a new worker, a
 * browser, hooks. Each machine costs what its run takes before the first attempt and after the last. Both are medians,
 * because a pause for a set-up project or a busy machine must not count. One thread.
 */
public final class FixedCostMeter {

    private static final int MOST_GAPS = 20_000;
    private static final long LONGEST_GAP = 30_000;

    private record LastOnLane(String file, long end) {}

    private final List<Long> gaps = new ArrayList<>();
    private final List<Long> machines = new ArrayList<>();

    /** Returns what takes the events of one executor, in their order. */
    public RunEvent.Handler executor() {
        return new Executor();
    }

    /** Returns the fixed cost of all executors so far; zero where nothing could be measured. */
    public FixedCost measured() {
        return new FixedCost(median(gaps), median(machines));
    }

    private static Duration median(List<Long> millis) {
        if (millis.isEmpty()) {
            return Duration.ZERO;
        }
        List<Long> sorted = millis.stream().sorted().toList();
        return Duration.ofMillis(sorted.get(sorted.size() / 2));
    }

    private final class Executor implements RunEvent.Handler {

        private final Map<String, String> files = new HashMap<>();
        private final Map<Integer, LastOnLane> lanes = new HashMap<>();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        @Override
        public void runBegin(RunBegin event) {
            lanes.clear();
            first = Long.MAX_VALUE;
            last = Long.MIN_VALUE;
        }

        @Override
        public void test(TestSelected event) {
            files.put(event.id(), event.project() + "\u001e" + event.place().file());
        }

        @Override
        public void attemptEnd(AttemptEnd event) {
            Instant started = event.outcome().startedAt();
            long begin = started.toEpochMilli();
            long end = begin + event.outcome().duration().toMillis();
            if (begin <= 0 || event.outcome().duration().isZero()) {
                return;
            }
            first = Math.min(first, begin);
            last = Math.max(last, end);
            String file = files.getOrDefault(event.id(), event.id());
            LastOnLane before = lanes.put(event.outcome().lane().parallel(), new LastOnLane(file, end));
            if (before != null && !before.file().equals(file) && gaps.size() < MOST_GAPS) {
                long gap = begin - before.end();
                if (gap >= 0 && gap <= LONGEST_GAP) {
                    gaps.add(gap);
                }
            }
        }

        @Override
        public void runEnd(RunEnd event) {
            long outside = event.duration().toMillis() - (last - first);
            if (last > first && outside >= 0) {
                machines.add(outside);
            }
        }
    }
}
