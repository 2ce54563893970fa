package io.evenkeel.bench.split;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The machines of one simulated run.
 *
 * <p>Immutable by convention: nobody writes to the arrays.
 *
 * @param start milliseconds after the run began
 * @param speed 1 is what the durations were recorded on
 * @param death milliseconds at which the machine is gone, infinite for those that stay
 */
record Fleet(double[] start, double[] speed, double[] death) {

    /** Spread of the machines of hosted CI: standard deviation of the logarithm of the speed. */
    private static final double SPEED_SIGMA = 0.12;

    /** Hosted machines of one job start within a minute of each other. */
    private static final double LATEST_START = 60_000;

    /** Returns equal machines that start together and stay. */
    static Fleet equal(int machines) {
        double[] speed = new double[machines];
        Arrays.fill(speed, 1);
        return new Fleet(new double[machines], speed, forever(machines));
    }

    /** Returns machines of log-normal speed that start uniformly within a minute. */
    static Fleet noisy(int machines, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] start = new double[machines];
        double[] speed = new double[machines];
        for (int machine = 0; machine < machines; machine++) {
            speed[machine] = Math.exp(SPEED_SIGMA * random.nextGaussian());
            start[machine] = LATEST_START * random.nextDouble();
        }
        return new Fleet(start, speed, forever(machines));
    }

    /** Returns equal machines of which one dies. */
    static Fleet dying(int machines, int victim, double at) {
        Fleet fleet = equal(machines);
        fleet.death[victim] = at;
        return fleet;
    }

    int machines() {
        return start.length;
    }

    /** Returns the T with sum of speed * max(0, T - start) = work: no schedule on this fleet ends earlier. */
    double fluidBound(double work) {
        Integer[] byStart = new Integer[machines()];
        Arrays.setAll(byStart, machine -> machine);
        Arrays.sort(byStart, (one, other) -> Double.compare(start[one], start[other]));
        double speeds = 0;
        double credit = work;
        double end = 0;
        for (int at = 0; at < byStart.length; at++) {
            int machine = byStart[at];
            speeds += speed[machine];
            credit += speed[machine] * start[machine];
            end = credit / speeds;
            if (at + 1 == byStart.length || end <= start[byStart[at + 1]]) {
                return end;
            }
        }
        return end;
    }

    private static double[] forever(int machines) {
        double[] death = new double[machines];
        Arrays.fill(death, Double.POSITIVE_INFINITY);
        return death;
    }
}
