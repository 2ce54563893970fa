package io.evenkeel.pipeline.estimate;

import java.time.Duration;
import java.util.List;

/**
 * Time that passes outside of the tests.
 *
 * <p>Immutable.
 *
 * @param perUnit for each work item: loading its file, starting its worker
 * @param perMachine for each machine, before and after its tests
 */
public record FixedCost(Duration perUnit, Duration perMachine) {

    /** Nothing was learned yet. */
    public static final FixedCost NONE = new FixedCost(Duration.ZERO, Duration.ZERO);

    public FixedCost {
        if (perUnit.isNegative() || perMachine.isNegative()) {
            throw new IllegalArgumentException(
                    "The fixed cost (" + perUnit + ", " + perMachine + ") of a suite must not be negative.");
        }
    }

    /**
     * What one machine did in one run.
     *
     * @param wall from the start of the runner to its end
     * @param tests sum of the durations of all attempts
     * @param units work items it ran
     * @param lanes Playwright's workers, from 1
     */
    public record MachineRun(Duration wall, Duration tests, int units, int lanes) {

        /** Lane time that no test accounts for; a clock that went backwards gives none. */
        double overhead() {
            return Math.max(0, (double) wall.toNanos() * lanes - tests.toNanos());
        }
    }

    /**
     * Learns both costs from what the wall shows beyond the sum of the tests.
     *
     * <p>Least squares of overhead = lanes * perMachine + units * perUnit, neither below zero. Where all machines ran about equally
     * many units the two cannot be told apart, and all of it counts for the machine.
     *
     * @param machines of one or more recent runs; empty teaches nothing
     */
    public static FixedCost learn(List<MachineRun> machines) {
        double ll = 0;
        double lu = 0;
        double uu = 0;
        double lo = 0;
        double uo = 0;
        for (MachineRun machine : machines) {
            ll += (double) machine.lanes() * machine.lanes();
            lu += (double) machine.lanes() * machine.units();
            uu += (double) machine.units() * machine.units();
            lo += machine.lanes() * machine.overhead();
            uo += machine.units() * machine.overhead();
        }
        if (ll == 0) {
            return NONE;
        }
        double determinant = ll * uu - lu * lu;
        if (determinant < 1e-3 * ll * uu) {
            return new FixedCost(Duration.ZERO, nanos(lo / ll));
        }
        double perMachine = (lo * uu - uo * lu) / determinant;
        double perUnit = (uo * ll - lo * lu) / determinant;
        if (perMachine < 0) {
            return new FixedCost(nanos(uo / uu), Duration.ZERO);
        }
        return perUnit < 0
                ? new FixedCost(Duration.ZERO, nanos(lo / ll))
                : new FixedCost(nanos(perUnit), nanos(perMachine));
    }

    private static Duration nanos(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }
}
