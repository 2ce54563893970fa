package io.evenkeel.pipeline.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Playwright's own {@code --shard} rule, for the run that has no timings at all: contiguous slices of the listing by
 * number of tests.
 *
 * <p>Rule of {@code filterForShard} in Playwright's packages/playwright/src/runner/testGroups.ts: the first (tests mod
 * shards) slices hold one test more, and an item belongs to the slice that holds its first test. The same shard index
 * therefore means the same tests with and without us. Shards may be empty.
 */
public final class PlaywrightShard {

    private PlaywrightShard() {}

    /**
     * Returns the items of each shard, shard 1 first.
     *
     * @param listing in the order of {@code playwright test --list}
     * @param shards as the {@code m} of {@code --shard=i/m}
     */
    public static List<List<WorkItem>> split(List<WorkItem> listing, int shards) {
        int count = Machines.of(shards).count();
        int tests = listing.stream().mapToInt(item -> item.tests().size()).sum();
        int size = tests / count;
        int larger = tests % count;
        List<List<WorkItem>> slices = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            slices.add(new ArrayList<>());
        }
        int first = 0;
        for (WorkItem item : listing) {
            int shard =
                    first < larger * (size + 1) ? first / (size + 1) : larger + (first - larger * (size + 1)) / size;
            slices.get(shard).add(item);
            first += item.tests().size();
        }
        return slices.stream().map(List::copyOf).toList();
    }

    /** Returns the same split as a plan: the items keep the order of the listing. */
    public static ShardPlan plan(List<WorkItem> listing, Machines machines) {
        List<Shard> shards = new ArrayList<>();
        for (List<WorkItem> slice : split(listing, machines.count())) {
            double speed = machines.speeds().get(shards.size());
            shards.add(new Shard(shards.size() + 1, slice, LaneOrder.load(slice, machines.lanes(), speed)));
        }
        return new ShardPlan(shards, LowerBound.of(listing, machines));
    }
}
