package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What the user should know beyond the plan: which item limits it, how many shards are worth starting, what each number costs.
 *
 * <p>Immutable.
 *
 * @param longest the item that takes longest with its set-up, empty when there is nothing to do
 * @param largestUseful smallest number of shards that comes within 1 % of what the longest item allows at best: more are wasted
 * @param candidates by number of shards, from 1 to {@code largestUseful}: all up to 16, then about every eighth part more
 */
public record PlanAdvice(Optional<WorkItem> longest, int largestUseful, List<Candidate> candidates) {

    private static final double NEAR = 1.01;
    private static final int ALL_UP_TO = 16;

    public PlanAdvice {
        candidates = List.copyOf(candidates);
    }

    /**
     * A number of shards and its price.
     *
     * @param shards from 1
     * @param wall fixed time of a machine plus the makespan
     * @param cost machine time in all: fixed time and load of each shard
     */
    public record Candidate(int shards, Duration wall, Duration cost) {}

    /**
     * What every machine is like.
     *
     * @param lanes Playwright's workers
     * @param fixed time before and after the tests, not negative
     */
    public record Machine(int lanes, Duration fixed) {

        public Machine {
            if (fixed.isNegative()) {
                throw new IllegalArgumentException("The fixed time (" + fixed + ") of a machine must not be negative.");
            }
        }
    }

    /** Returns the advice for equal machines of one kind, at most {@code most} of them (from 1 to {@link Machines#MOST}). */
    public static PlanAdvice of(List<WorkItem> items, Machine machine, int most) {
        Optional<WorkItem> longest =
                items.stream().max(Comparator.comparing(PlanAdvice::alone).thenComparing(WorkItem::id));
        int useful = useful(
                items,
                machine.lanes(),
                Machines.of(Math.min(most, Machines.MOST)).count());
        TreeSet<Integer> counts = new TreeSet<>();
        for (int shards = 1; shards < useful; shards += shards < ALL_UP_TO ? 1 : shards / 8) {
            counts.add(shards);
        }
        counts.add(useful);
        List<Candidate> candidates = new ArrayList<>();
        counts.forEach(shards -> candidates.add(candidate(items, machine, shards)));
        return new PlanAdvice(longest, useful, candidates);
    }

    /**
     * Returns the smallest number of shards that ends within the target, empty when none does: then the longest item or the
     * fixed time of a machine is longer than the target.
     *
     * @param target wall time of the slowest machine, with its fixed time
     */
    public static Optional<Candidate> forTarget(List<WorkItem> items, Machine machine, Duration target) {
        int low = 1;
        int high = Math.max(1, Math.min(Machines.MOST, items.size()));
        if (bound(items, machine.lanes(), high).plus(machine.fixed()).compareTo(target) > 0) {
            return Optional.empty();
        }
        while (low < high) {
            int middle = (low + high) / 2;
            if (bound(items, machine.lanes(), middle).plus(machine.fixed()).compareTo(target) <= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // Below this number even the bound misses the target; plans are within a hair of it, so few are tried.
        return IntStream.rangeClosed(low, Math.min(low + low / 4 + 3, Math.max(low, items.size())))
                .mapToObj(shards -> candidate(items, machine, shards))
                .filter(candidate -> candidate.wall().compareTo(target) <= 0)
                .findFirst();
    }

    /** Returns the advice in words; the last line names what to do about the longest item. */
    public List<String> sentences() {
        if (longest.isEmpty()) {
            return List.of("There is nothing to run: one shard is enough.");
        }
        WorkItem item = longest.get();
        List<String> sentences = new ArrayList<>();
        sentences.add("More than " + largestUseful + " shards are wasted.");
        sentences.add("The longest unit is " + item.id() + " (" + seconds(alone(item)) + "): "
                + (item.tests().size() > 1
                        ? "make it parallel, its " + item.tests().size() + " tests stay together now."
                        : "cut it up to go faster than that."));
        return sentences;
    }

    private static Candidate candidate(List<WorkItem> items, Machine machine, int shards) {
        ShardPlan plan = ShardPlanner.plan(items, Machines.of(shards, machine.lanes()));
        Duration work = plan.shards().stream().map(Shard::load).reduce(Duration.ZERO, Duration::plus);
        return new Candidate(
                shards,
                plan.makespan().plus(machine.fixed()),
                work.plus(machine.fixed().multipliedBy(shards)));
    }

    /** The bound falls with the number of shards down to the longest item; bisection finds where it is nearly there. */
    private static int useful(List<WorkItem> items, int lanes, int most) {
        int low = 1;
        int high = Math.max(1, Math.min(most, items.size()));
        double floor = bound(items, lanes, high).toNanos() * NEAR;
        while (low < high) {
            int middle = (low + high) / 2;
            if (bound(items, lanes, middle).toNanos() <= floor) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Duration bound(List<WorkItem> items, int lanes, int shards) {
        return LowerBound.of(items, Machines.of(shards, lanes));
    }

    private static Duration alone(WorkItem item) {
        return item.estimate().plus(item.family().setUp());
    }

    private static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
