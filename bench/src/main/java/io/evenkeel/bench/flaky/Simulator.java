package io.evenkeel.bench.flaky;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Generates a history with exact truth: flaky, broken and healthy tests, pull requests, outages and noise.
 *
 * <p>The parameters are those of the published simulation in the data's README; a variant changes what a filter might silently rely on. One seed gives one
 * history, on every machine. One thread.
 */
final class Simulator {

    private static final int TESTS = 200;
    private static final int COMMITS = 500;
    private static final int MOST_ATTEMPTS = 3;

    /** Quantiles of the flake rates of FlakeFlagger (0, 25, 50, 75, 90, 100 %), between which rates are drawn log-linearly. */
    private static final double[][] RATES = {
        {0, 0.0001}, {0.25, 0.0004}, {0.5, 0.007}, {0.75, 0.166}, {0.9, 0.55}, {1, 0.95}
    };

    /** What differs from the published parameters. */
    enum Variant {
        /** As published. */
        STANDARD,
        /** The rate of each flaky test wanders up to threefold up and down over its life. */
        DRIFTING_RATES,
        /** A retry after a flake fails with 60 % more than its rate: overloads last. */
        CORRELATED_RETRIES,
        /** Breakages stay four times as long. */
        SLOW_FIXES
    }

    /** Takes what is generated, in order. */
    interface Sink {
        void run(long run, String commit, String branch, long time, boolean outage);

        void attempt(int test, long run, String commit, int attempt, String cause, long millis);
    }

    /** The hidden properties of one test. */
    static final class TestTruth {
        boolean flaky;
        double rate;
        int from;
        int to;
        int cluster = -1;
        int medianMillis;
        int stepCommit = -1;
        double stepFactor = 1;
        double noise;
        double phase;
        final List<int[]> broken = new ArrayList<>();
        int brokenUntil = -1;
    }

    private final Random random;
    private final Variant variant;
    final TestTruth[] tests = new TestTruth[TESTS];
    private long run;
    private long time = 1_700_000_000L;

    Simulator(long seed, Variant variant) {
        this.random = new Random(seed);
        this.variant = variant;
        for (int i = 0; i < TESTS; i++) {
            tests[i] = test();
        }
        clusters();
    }

    static String name(int test) {
        return String.format("suite%02d/spec%03d.spec.ts > test %03d", test % 20, test / 5, test);
    }

    static String suite(int test) {
        return String.format("suite%02d", test % 20);
    }

    private TestTruth test() {
        TestTruth test = new TestTruth();
        test.flaky = random.nextDouble() < 0.16;
        test.noise = 1e-5 * Math.pow(10, random.nextDouble());
        test.phase = random.nextDouble();
        test.medianMillis = (int) (500 * Math.pow(120, random.nextDouble()));
        if (random.nextDouble() < 0.05) {
            test.stepCommit = 50 + random.nextInt(COMMITS - 100);
            test.stepFactor = 1.5 + 1.5 * random.nextDouble();
        }
        if (test.flaky) {
            test.rate = Math.max(0.002, quantile(random.nextDouble()));
            test.from = random.nextDouble() < 0.4 ? 0 : random.nextInt(COMMITS);
            boolean fixed = random.nextBoolean();
            test.to = fixed ? Math.min(COMMITS, test.from + 20 + (int) exponential(150)) : COMMITS;
        }
        return test;
    }

    private double quantile(double share) {
        int upper = 1;
        while (RATES[upper][0] < share) {
            upper++;
        }
        double part = (share - RATES[upper - 1][0]) / (RATES[upper][0] - RATES[upper - 1][0]);
        return Math.exp(Math.log(RATES[upper - 1][1]) * (1 - part) + Math.log(RATES[upper][1]) * part);
    }

    private void clusters() {
        List<TestTruth> flaky = Arrays.stream(tests).filter(test -> test.flaky).toList();
        int cluster = 0;
        int left = 0;
        double rate = 0;
        for (TestTruth test : flaky) {
            if (random.nextDouble() < 0.6) {
                if (left == 0) {
                    left = Math.max(2, poisson(5));
                    rate = test.rate;
                    cluster++;
                }
                test.cluster = cluster;
                // The trigger comes with rate / 0.7 and fails 70 % of the members: each keeps this rate.
                test.rate = Math.min(0.65, rate);
                left--;
            }
        }
    }

    void generate(Sink sink) {
        for (int commit = 0; commit < COMMITS; commit++) {
            time += (long) exponential(9_000);
            for (int request = 0; request < 1; request++) {
                pullRequest(sink, commit);
            }
            breakSome(commit);
            int runs = random.nextDouble() < 0.25 ? 2 : 1;
            for (int i = 0; i < runs; i++) {
                play(sink, "m" + commit, "main", commit, new boolean[TESTS]);
                time += 600;
            }
        }
    }

    private void pullRequest(Sink sink, int commit) {
        boolean[] broken = new boolean[TESTS];
        if (random.nextDouble() < 0.25) {
            int count = Math.min(10, 1 + geometric(0.3));
            for (int i = 0; i < count; i++) {
                broken[random.nextInt(TESTS)] = true;
            }
        }
        play(sink, "p" + commit + "-0", "pr/" + commit, commit, broken);
        play(
                sink,
                "p" + commit + "-1",
                "pr/" + commit,
                commit,
                random.nextDouble() < 0.8 ? new boolean[TESTS] : broken);
    }

    private void breakSome(int commit) {
        if (random.nextDouble() >= 0.03) {
            return;
        }
        int count = 1 + geometric(0.5);
        double factor = variant == Variant.SLOW_FIXES ? 4 : 1;
        for (int i = 0; i < count; i++) {
            TestTruth test = tests[random.nextInt(TESTS)];
            if (commit >= test.brokenUntil) {
                int length = (int) Math.max(1, Math.round(factor * Math.exp(Math.log(6) + random.nextGaussian())));
                test.brokenUntil = Math.min(COMMITS, commit + length);
                test.broken.add(new int[] {commit, test.brokenUntil});
            }
        }
    }

    private void play(Sink sink, String commit, String branch, int ordinal, boolean[] pullRequestBroken) {
        boolean outage = random.nextDouble() < 0.01;
        double outageShare = 0.3 + 0.7 * random.nextDouble();
        sink.run(++run, commit, branch, time, outage);
        TreeMap<Integer, Boolean> triggered = new TreeMap<>();
        for (int i = 0; i < TESTS; i++) {
            TestTruth test = tests[i];
            double rate = rateAt(test, ordinal);
            boolean trigger = test.cluster >= 0
                    && rate > 0
                    && triggered.computeIfAbsent(test.cluster, key -> random.nextDouble() < Math.min(1, rate / 0.7));
            boolean hit = outage && random.nextDouble() < outageShare;
            String before = "";
            for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                String cause = cause(test, ordinal, hit, pullRequestBroken[i], before, trigger, rate);
                sink.attempt(i, run, commit, attempt, cause, millis(test, ordinal, !cause.isEmpty()));
                if (cause.isEmpty()) {
                    break;
                }
                before = cause;
            }
        }
    }

    private String cause(
            TestTruth test,
            int commit,
            boolean hit,
            boolean requestBroken,
            String before,
            boolean trigger,
            double rate) {
        boolean retry = !before.isEmpty();
        if (hit && random.nextDouble() < (retry ? 0.8 : 1)) {
            return "infra";
        }
        if (commit < test.brokenUntil && random.nextDouble() < 0.985) {
            return "broken";
        }
        if (requestBroken && random.nextDouble() < 0.985) {
            return "pr_broken";
        }
        if (rate > 0 && random.nextDouble() < flakeProbability(test, before.equals("flake"), trigger, rate)) {
            return "flake";
        }
        return random.nextDouble() < test.noise ? "noise" : "";
    }

    private double flakeProbability(TestTruth test, boolean flakedBefore, boolean trigger, double rate) {
        if (flakedBefore && variant == Variant.CORRELATED_RETRIES) {
            return rate + 0.6 * (1 - rate);
        }
        if (test.cluster >= 0) {
            return !trigger ? 0 : flakedBefore ? 0.5 : 0.7;
        }
        return flakedBefore ? Math.min(1, rate + 0.1) : rate;
    }

    private double rateAt(TestTruth test, int commit) {
        if (!test.flaky || commit < test.from || commit >= test.to) {
            return 0;
        }
        if (variant != Variant.DRIFTING_RATES) {
            return test.rate;
        }
        double wave = Math.sin(2 * Math.PI * (commit / 200.0 + test.phase));
        return Math.min(0.95, test.rate * Math.pow(3, wave));
    }

    private long millis(TestTruth test, int commit, boolean failed) {
        double factor = test.stepCommit >= 0 && commit >= test.stepCommit ? test.stepFactor : 1;
        double failing = !failed ? 1 : new double[] {0.4, 1, 3}[random.nextInt(3)];
        return Math.max(1, Math.round(test.medianMillis * factor * failing * Math.exp(0.25 * random.nextGaussian())));
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private int geometric(double p) {
        int count = 0;
        while (random.nextDouble() >= p) {
            count++;
        }
        return count;
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
