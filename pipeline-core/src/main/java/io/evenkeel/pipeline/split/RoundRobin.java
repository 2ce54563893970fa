package io.evenkeel.pipeline.split;

import java.util.ArrayList;
import java.util.List;

/** Deals items out by turns in the order of the listing, as many splitters do that know no durations. Pure. */
public final class RoundRobin {

    private RoundRobin() {}

    /** Returns the plan: item k goes to shard k mod machines; the items of a shard keep the order of the listing. */
    public static ShardPlan plan(List<WorkItem> listing, Machines machines) {
        List<List<WorkItem>> hands = new ArrayList<>();
        for (int shard = 0; shard < machines.count(); shard++) {
            hands.add(new ArrayList<>());
        }
        for (int item = 0; item < listing.size(); item++) {
            hands.get(item % hands.size()).add(listing.get(item));
        }
        List<Shard> shards = new ArrayList<>();
        for (List<WorkItem> hand : hands) {
            double speed = machines.speeds().get(shards.size());
            shards.add(new Shard(shards.size() + 1, hand, LaneOrder.load(hand, machines.lanes(), speed)));
        }
        return new ShardPlan(shards, LowerBound.of(listing, machines));
    }
}
