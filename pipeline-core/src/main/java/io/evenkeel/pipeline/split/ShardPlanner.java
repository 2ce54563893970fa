package io.evenkeel.pipeline.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Plans which machine runs which items so that the last one ends as early as possible.
 *
 * <p>Without set-ups: longest first, then moves and swaps ({@code LongestFirst}, {@code Polish}). With set-ups: the best of longest
 * first, cut families and lanes filled family by family, then annealing. A pure function: the same items and machines give the same plan on every
 * machine and in every order of the input. Thread-safe.
 */
public final class ShardPlanner {

    /** A plan within 0.001 % of the bound is not worth more work: a millisecond in two minutes. */
    private static final double GOAL = 1.00001;

    /** Compared jobs for each item and in all; at most about 50 ms. More changes the fourth digit of the ratio. */
    private static final long EFFORT_PER_ITEM = 20_000;

    private static final long EFFORT = 10_000_000;

    /** Moves tried with set-ups, for each item and in all; at most some tenths of a second. */
    private static final long MOVES_PER_ITEM = 5_000;

    private static final long MOVES = 1_500_000;

    private ShardPlanner() {}

    /** Returns the plan for equal machines with one lane; see {@link #plan(List, Machines)}. */
    public static ShardPlan plan(List<WorkItem> items, int machines) {
        return plan(items, Machines.of(machines));
    }

    /**
     * Returns the plan: as many shards as machines, every item in exactly one of them.
     *
     * @param items in any order; empty gives empty shards
     * @throws IllegalArgumentException if an item or a test is there twice, or a family has two set-ups
     */
    public static ShardPlan plan(List<WorkItem> items, Machines machines) {
        Problem problem = new Problem(items, machines);
        double bound = LowerBound.micros(problem);
        Packing packing = LongestFirst.pack(problem);
        long effort = Math.min(EFFORT, EFFORT_PER_ITEM * items.size());
        if (problem.setUps) {
            packing = CutFamilies.improve(packing, bound);
            packing = FillLanes.improve(packing, bound, effort);
            packing = Anneal.improve(packing, bound, Math.min(MOVES, MOVES_PER_ITEM * items.size()));
        } else {
            Polish.improve(packing, bound * GOAL, effort);
        }
        return new ShardPlan(shards(packing), Problem.duration(bound));
    }

    static List<Shard> shards(Packing packing) {
        Problem problem = packing.problem;
        List<List<WorkItem>> lanes = new ArrayList<>();
        for (int lane = 0; lane < problem.lanes(); lane++) {
            lanes.add(new ArrayList<>());
        }
        for (int job = 0; job < packing.laneOf.length; job++) {
            lanes.get(packing.laneOf[job]).add(problem.items.get(job));
        }
        List<Shard> shards = new ArrayList<>();
        for (int lane = 0; lane < lanes.size(); lane += problem.lanesPerMachine) {
            shards.add(LaneOrder.shard(
                    shards.size() + 1, lanes.subList(lane, lane + problem.lanesPerMachine), problem.speed[lane]));
        }
        return shards;
    }
}
