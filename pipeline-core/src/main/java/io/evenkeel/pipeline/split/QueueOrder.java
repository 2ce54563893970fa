package io.evenkeel.pipeline.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which a queue hands out items.
 *
 * <p>First the items long enough to decide when the run ends, the longest first. Then the short ones in the order of the
 * listing: what a short item takes hardly matters, unless it takes far longer than estimated (a retry after a timeout, a
 * set-up that is booked on the first test of a file), and in this order such surprises come evenly over the run instead of
 * at its end, where nothing is left to even them out. The price is at most one short item per lane. Pure.
 */
public final class QueueOrder {

    /**
     * Share of a lane's time from which an item is long. At 0 a suite with sparse history ends up to 40 % above its bound, at
     * 0.02 well-known suites lose 1 %; see docs/explanation/splitting.md.
     */
    private static final double LONG = 0.01;

    private QueueOrder() {}

    /**
     * Returns the items in the order to hand them out; each of them once.
     *
     * @param listing in the order of {@code playwright test --list}
     */
    public static List<WorkItem> of(List<WorkItem> listing, Machines machines) {
        double total =
                listing.stream().mapToDouble(item -> item.estimate().toNanos()).sum();
        double lanes = machines.lanes()
                * machines.speeds().stream().mapToDouble(Double::doubleValue).sum();
        double limit = LONG * total / lanes;
        List<WorkItem> order = new ArrayList<>();
        List<WorkItem> shorter = new ArrayList<>();
        for (WorkItem item : listing) {
            (item.estimate().toNanos() >= limit ? order : shorter).add(item);
        }
        order.sort(Comparator.comparing(WorkItem::estimate).reversed().thenComparing(WorkItem::id));
        order.addAll(shorter);
        return List.copyOf(order);
    }
}
