package io.evenkeel.pipeline.split.json;

import io.evenkeel.pipeline.split.ShardPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * What {@code plan.json} says.
 *
 * <p>Immutable.
 *
 * @param header what the plan is for
 * @param digest SHA-256 in hex of the sorted test ids, each followed by a newline: two plans of the same tests have the same
 * @param makespan largest load
 * @param lowerBound what no plan can beat
 * @param shards by index from 1, without gaps
 */
public record PlanFile(Header header, String digest, Duration makespan, Duration lowerBound, List<ShardTests> shards) {

    /** Where the estimates came from, as the file spells it. */
    public enum EstimatedFrom {
        TIMINGS,
        COORDINATOR,
        NOTHING
    }

    /**
     * What a plan is for.
     *
     * @param run run key
     * @param suite configuration file relative to the project folder
     * @param playwright version
     * @param workers lanes of each machine
     * @param estimatedFrom where the estimates came from
     */
    public record Header(String run, String suite, String playwright, int workers, EstimatedFrom estimatedFrom) {}

    /** Test ids of one shard in the planned order. */
    public record ShardTests(int index, Duration load, List<String> tests) {

        public ShardTests {
            tests = List.copyOf(tests);
        }
    }

    public PlanFile {
        shards = List.copyOf(shards);
    }

    /** Returns the file of a plan; files count in whole milliseconds. */
    public static PlanFile of(Header header, ShardPlan plan) {
        List<ShardTests> shards = plan.shards().stream()
                .map(shard -> new ShardTests(shard.index(), millis(shard.load()), shard.tests()))
                .toList();
        return new PlanFile(header, digest(shards), millis(plan.makespan()), millis(plan.lowerBound()), shards);
    }

    /** Returns the number of tests that must run at least once. */
    public int discovered() {
        return shards.stream().mapToInt(shard -> shard.tests().size()).sum();
    }

    /** Returns makespan / lower bound, 1 when there is nothing to do. */
    public double ratio() {
        return lowerBound.isZero() ? 1 : (double) makespan.toNanos() / lowerBound.toNanos();
    }

    private static Duration millis(Duration exact) {
        return Duration.ofMillis(exact.toMillis());
    }

    static String digest(List<ShardTests> shards) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            shards.stream()
                    .flatMap(shard -> shard.tests().stream())
                    .sorted()
                    .forEach(id -> sha.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 must be in every Java.", e);
        }
    }
}
