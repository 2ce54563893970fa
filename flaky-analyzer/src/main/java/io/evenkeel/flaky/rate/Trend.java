package io.evenkeel.flaky.rate;

/**
 * Whether a test flakes more often than it used to: rate over the last 50 runs, fading, against that over the last 250.
 *
 * <p>Immutable.
 *
 * @param recent rate over about the last 50 runs, in [0, 1]
 * @param before rate over about the last 250 runs, in [0, 1]
 * @param risingProbability probability that the recent rate is the higher one, in [0, 1]
 */
public record Trend(double recent, double before, double risingProbability) {

    static Trend of(Tally tally) {
        Beta recent = new Beta(0.3 + tally.fastFlakes, 5 + Math.max(0, tally.fastRuns - tally.fastFlakes));
        double slowFlakes = Math.max(0, tally.slowFlakes - tally.fastFlakes);
        double slowRuns = Math.max(slowFlakes, tally.slowRuns - tally.fastRuns);
        Beta before = new Beta(0.3 + slowFlakes, 5 + slowRuns - slowFlakes);
        double variance = variance(recent) + variance(before);
        double z = (recent.mean() - before.mean()) / Math.sqrt(variance);
        return new Trend(recent.mean(), before.mean(), 1 / (1 + StrictMath.exp(-1.702 * z)));
    }

    private static double variance(Beta beta) {
        double sum = beta.a() + beta.b();
        return beta.a() * beta.b() / (sum * sum * (sum + 1));
    }
}
