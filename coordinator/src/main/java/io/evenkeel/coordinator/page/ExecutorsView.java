package io.evenkeel.coordinator.page;

import java.util.List;

/**
 * How the work was spread.
 *
 * <p>Immutable.
 *
 * @param lines executors by shard
 * @param balance the plan against what happened; empty sentence without executors
 * @param timeline what ran when
 */
public record ExecutorsView(List<Line> lines, String balance, Timeline timeline) {

    public ExecutorsView {
        lines = List.copyOf(lines);
    }

    /** One executor; {@code planned} is empty without a plan. */
    public record Line(String name, String detail, Loads loads, String state, String note) {}

    /** Planned and actual load, and the actual one as a bar against the longest. */
    public record Loads(String planned, String actual, String busy, Bar bar) {}

    /**
     * Lanes over time as SVG.
     *
     * @param height of the picture; its width is 1000
     * @param lanes from top to bottom
     * @param end time at the right edge, in words
     */
    public record Timeline(int height, List<Lane> lanes, String end) {

        public Timeline {
            lanes = List.copyOf(lanes);
        }
    }

    /** One lane: its label, top edge and attempts. */
    public record Lane(String label, int y, List<Box> boxes) {

        public Lane {
            boxes = List.copyOf(boxes);
        }
    }

    /** One attempt. */
    public record Box(String kind, String x, String width, String tip) {}
}
