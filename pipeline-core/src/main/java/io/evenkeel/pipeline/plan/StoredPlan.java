package io.evenkeel.pipeline.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A plan as it travels between jobs: ids and numbers, without the suite.
 *
 * <p>Immutable.
 *
 * @param run run key it was made for
 * @param suite what was planned
 * @param quality how good it is
 * @param shards by index
 */
public record StoredPlan(String run, SuiteDigest suite, Quality quality, List<Share> shards) {

    public StoredPlan {
        shards = List.copyOf(shards);
    }

    /**
     * The suite a plan was made for.
     *
     * @param config configuration file
     * @param playwright version
     * @param digest SHA-256 of the sorted ids; tells whether a plan still fits
     * @param workers lanes of each machine
     * @param discovered tests that must run
     */
    public record SuiteDigest(String config, String playwright, String digest, int workers, int discovered) {}

    /** How good a plan is, and what it was estimated from ({@code timings}, {@code coordinator} or {@code nothing}). */
    public record Quality(Duration makespan, Duration lowerBound, String estimatedFrom) {}

    /** A shard: index from 1, planned time, test ids in order. */
    public record Share(int index, Duration load, List<String> tests) {

        public Share {
            tests = List.copyOf(tests);
        }
    }

    /** Returns a plan in this form. */
    public static StoredPlan of(String run, SuitePlan plan, String estimatedFrom) {
        var config = plan.suite().config();
        return new StoredPlan(
                run,
                new SuiteDigest(
                        config.config(),
                        config.playwright(),
                        plan.suite().digest(),
                        config.workers(),
                        plan.suite().tests().size()),
                new Quality(plan.shards().makespan(), plan.shards().lowerBound(), estimatedFrom),
                plan.shards().shards().stream()
                        .map(shard -> new Share(shard.index(), shard.load(), shard.tests()))
                        .toList());
    }

    /** Returns the share with this index, empty when the plan has fewer. */
    public Optional<Share> share(int index) {
        return shards.stream().filter(share -> share.index() == index).findFirst();
    }
}
