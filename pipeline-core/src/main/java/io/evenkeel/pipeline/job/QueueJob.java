package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.agent.QueueSeat;
import io.evenkeel.pipeline.agent.Share;
import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.client.RunOpening;
import io.evenkeel.pipeline.client.RunQueue;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.host.ShardIndex;
import io.evenkeel.pipeline.job.LocalJob.Problem;
import io.evenkeel.pipeline.plan.SuitePlanner;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.Strategy;
import io.evenkeel.pipeline.spool.SpoolFolder;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds this executor's place in the queue of a run.
 *
 * <p>One thread.
 */
final class QueueJob {

    /** What is planned for when nobody says how many machines there will be. */
    private static final int SOME = 4;

    private final JobContext context;
    private final PlanJob planning;

    QueueJob(JobContext context, PlanJob planning) {
        this.context = context;
        this.planning = planning;
    }

    /** What is run, by whom. */
    record Place(Suite suite, Optional<ShardIndex> shard, Strategy strategy, SpoolId spool, RunOpening opening) {

        private Machines machines() {
            return Machines.of(
                    shard.map(ShardIndex::total).orElse(SOME), suite.config().workers());
        }
    }

    /**
     * A share of the queue, or why there is none; all empty when the coordinator refuses.
     *
     * @param outside a seat in a queue that does not answer yet, for an agent that begins with its share of the plan
     * @param problem why the run cannot be split by a queue
     */
    record Seat(Optional<Share> share, Optional<QueueSeat> outside, Optional<Problem> problem) {

        private static final Seat NONE = new Seat(Optional.empty(), Optional.empty(), Optional.empty());

        private static Seat of(Share share) {
            return new Seat(Optional.of(share), Optional.empty(), Optional.empty());
        }

        private static Seat outside(QueueSeat seat) {
            return new Seat(Optional.empty(), Optional.of(seat), Optional.empty());
        }

        private static Seat conflict(String conflict) {
            return new Seat(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Problem(
                            3,
                            "The queue of this run is of another suite: " + conflict
                                    + ". Use the same command and the same commit on all executors.")));
        }
    }

    /** Takes a seat at the coordinator's queue. */
    Seat at(CoordinatorClient client, Place place) throws IOException {
        PlanJob.Known known = planning.known(place.suite().config().config());
        List<QueueItem> items = planning.queue(place.suite(), known, place.machines(), place.strategy());
        RunQueue queue = client.queue(context.run().runKey(), place.opening());
        QueueSeat seat = new QueueSeat(queue, member(place, again(place)), items, List.of());
        return queue.open(new RunQueue.Wish(
                        place.suite().digest(),
                        place.strategy().word(),
                        place.shard().map(ShardIndex::total).orElse(0),
                        items))
                .match(
                        delivered -> delivered
                                .answered()
                                .conflict()
                                .map(Seat::conflict)
                                .orElseGet(() -> Seat.of(new Share.Queued(
                                        place.suite(),
                                        seat.in(delivered.answered().order()).withOwn(own(place, known))))),
                        refused -> Seat.NONE,
                        away -> Seat.outside(seat));
    }

    /** Returns this executor's share of the plan that all of them compute alike. */
    private static List<String> own(Place place, PlanJob.Known known) {
        return place.shard()
                .map(shard -> SuitePlanner.plan(place.suite(), known.timings(), place.machines())
                        .shards()
                        .shards()
                        .get(shard.index() - 1)
                        .tests())
                .orElse(List.of());
    }

    private Member.Again again(Place place) {
        try {
            boolean atHand = context.folder().spools().all().stream()
                    .anyMatch(file -> WorkFolder.isSameShare(
                            SpoolFolder.nameOf(file), place.spool().name()));
            return atHand ? Member.Again.REST : Member.Again.ALL;
        } catch (IOException e) {
            return Member.Again.ALL;
        }
    }

    static Member member(Place place, Member.Again again) {
        return new Member(
                place.shard().map(ShardIndex::index).orElse(0),
                place.spool().executor(),
                place.spool().name(),
                place.suite().config().workers(),
                again);
    }
}
