package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.summary.Coverage.Missing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what had to run with what has a result.
 *
 * <p>What had to run are the tests of the plan and those any executor selected. A missing test is explained by the
 * executors that selected it and did not leave it to another, else by the executors of its shard.
 */
final class CoverageProof {

    private static final PlannedShard NO_SHARD = new PlannedShard(0, Duration.ZERO, List.of());

    private final List<ExecutorTally> executors;
    private final Map<String, TestTally> tests;
    private final List<PlannedShard> shards;
    private final List<BitSet> shardTests = new ArrayList<>();
    private final Map<Integer, PlannedShard> shardOfExecutor = new HashMap<>();

    CoverageProof(List<PlannedShard> plan, List<ExecutorTally> executors, Map<String, TestTally> tests) {
        this.executors = executors;
        this.tests = tests;
        this.shards = plan;
        for (PlannedShard shard : plan) {
            BitSet members = new BitSet();
            for (String id : shard.tests()) {
                members.set(tests.computeIfAbsent(id, i -> new TestTally(tests.size(), TestName.unknown(i))).index);
            }
            shardTests.add(members);
        }
        for (int i = 0; i < executors.size(); i++) {
            shardOfExecutor.put(i, nearest(executors.get(i).selected));
        }
    }

    /** Returns the planned shard most of this executor's tests belong to. */
    PlannedShard shardOf(int executor) {
        return shardOfExecutor.getOrDefault(executor, NO_SHARD);
    }

    private PlannedShard nearest(BitSet selected) {
        PlannedShard best = NO_SHARD;
        int most = 0;
        for (int s = 0; s < shards.size(); s++) {
            BitSet common = (BitSet) shardTests.get(s).clone();
            common.and(selected);
            if (common.cardinality() > most) {
                most = common.cardinality();
                best = shards.get(s);
            }
        }
        return best;
    }

    Coverage coverage() {
        BitSet wanted = new BitSet();
        shardTests.forEach(wanted::or);
        executors.forEach(e -> wanted.or(e.selected));
        int discovered = 0;
        int executed = 0;
        List<Missing> missing = new ArrayList<>();
        for (TestTally test : tests.values()) {
            if (!wanted.get(test.index) || test.role != TestRole.TEST) {
                continue;
            }
            discovered++;
            if (test.executed()) {
                executed++;
            } else {
                missing.add(new Missing(test.name, reason(test)));
            }
        }
        missing.sort(Comparator.comparing(Missing::name, TestName.BY_PLACE));
        return new Coverage(discovered, executed, missing);
    }

    private MissingReason reason(TestTally test) {
        return executors.stream()
                .filter(e -> e.selected.get(test.index) && !e.claimedElsewhere.get(test.index))
                .map(e -> e.reason(test.name.project()))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> reasonOfShard(test));
    }

    private MissingReason reasonOfShard(TestTally test) {
        for (int s = 0; s < shards.size(); s++) {
            if (shardTests.get(s).get(test.index)) {
                PlannedShard shard = shards.get(s);
                return executors.stream()
                        .filter(e -> shardOf(executors.indexOf(e)).equals(shard))
                        .map(e -> e.reason(test.name.project()))
                        .min(Comparator.naturalOrder())
                        .orElseGet(this::reasonOfNobody);
            }
        }
        return MissingReason.UNEXPLAINED;
    }

    /** A shard nobody took: maybe its executor could not even load the suite, and said so. */
    private MissingReason reasonOfNobody() {
        return executors.stream()
                .filter(e -> e.selected.isEmpty())
                .map(e -> e.reason(""))
                .filter(r -> r != MissingReason.UNEXPLAINED)
                .min(Comparator.naturalOrder())
                .orElse(MissingReason.NOT_STARTED);
    }
}
