package io.evenkeel.pipeline.split;

import java.util.Collections;
import java.util.List;

/**
 * The executors of a run, one for each shard.
 *
 * <p>Immutable.
 *
 * @param lanes Playwright's {@code workers} on each of them, from 1 to {@link #MOST_LANES}
 * @param speeds one for each machine in the order of the shards, from 0.01 to 100: a machine of speed 2 needs half the
 *     estimate. From 1 to {@link #MOST} entries
 */
public record Machines(int lanes, List<Double> speeds) {

    /** More shards than any CI starts for one job. */
    public static final int MOST = 10_000;

    /** More workers than any machine runs browsers in. */
    public static final int MOST_LANES = 1_000;

    public Machines {
        speeds = List.copyOf(speeds);
        requireCount(speeds.size());
        if (lanes < 1 || lanes > MOST_LANES) {
            throw new IllegalArgumentException(
                    "The lanes (" + lanes + ") of the machines must be between 1 and " + MOST_LANES + ".");
        }
        for (double speed : speeds) {
            if (!(speed >= 0.01 && speed <= 100)) {
                throw new IllegalArgumentException(
                        "The speed (" + speed + ") of a machine must be between 0.01 and 100; 1 is normal.");
            }
        }
    }

    /** Returns equal machines with one lane. */
    public static Machines of(int count) {
        return of(count, 1);
    }

    /** Returns equal machines. */
    public static Machines of(int count, int lanes) {
        requireCount(count);
        return new Machines(lanes, Collections.nCopies(count, 1.0));
    }

    /** Returns the number of machines, and of shards. */
    public int count() {
        return speeds.size();
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("The number (" + count + ") of machines must be between 1 and " + MOST
                    + ".\nMaybe the CI's shard total is not set.");
        }
    }
}
