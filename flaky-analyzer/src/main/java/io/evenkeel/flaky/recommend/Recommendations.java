package io.evenkeel.flaky.recommend;

import io.evenkeel.flaky.duration.DurationDrift;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.FlakyThreshold;
import io.evenkeel.flaky.rate.Mark;
import io.evenkeel.flaky.rate.TestStanding;
import io.evenkeel.flaky.recommend.Recommendation.Kind;
import io.evenkeel.flaky.signature.CoFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * Turns what is known into advice, the most costly first.
 *
 * <p>Impact in minutes a week: for a flaky test P(flaky) x rate x runs x (its duration, for the retry, plus ten minutes of a person for each run it turns
 * red); for a broken one the same with rate 1; for a slower one the time added. Static functions.
 */
public final class Recommendations {

    private static final double MINUTES_PER_RED_RUN = 10;
    private static final Duration STALE_AFTER = Duration.ofDays(30);
    private static final double CLOSE_TO_TIMEOUT = 0.8;
    private static final double FAR_FROM_TIMEOUT = 0.05;
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(2);
    private static final int ENOUGH_SAMPLES = 50;

    private Recommendations() {}

    /** Advises on a project without a threshold; as the other one. */
    public static List<Recommendation> advise(
            Collection<KnownTest> tests, SortedMap<TestId, long[]> failingRuns, Instant now) {
        return advise(tests, failingRuns, now, FlakyThreshold.NONE);
    }

    /**
     * Advises on a project.
     *
     * @param failingRuns for flaky tests the runs in which they failed, to find shared causes; may leave tests out
     * @param threshold flaky tests that flake less often need no repair
     * @return advice, the highest impact first, of equal ones in the order of their kinds
     */
    public static List<Recommendation> advise(
            Collection<KnownTest> tests, SortedMap<TestId, long[]> failingRuns, Instant now, FlakyThreshold threshold) {
        List<Recommendation> all = new ArrayList<>();
        for (KnownTest test : tests) {
            byStanding(test, threshold, all);
            byDuration(test, all);
            bySchedule(test, now, all);
        }
        for (List<TestId> group : CoFailures.groups(failingRuns)) {
            all.add(new Recommendation(
                    Kind.SHARED_CAUSE,
                    group,
                    group.size() + " tests fail in the same runs.",
                    MINUTES_PER_RED_RUN * group.size()));
        }
        all.sort(Comparator.comparingDouble((Recommendation one) -> -one.impact())
                .thenComparing(Recommendation::kind)
                .thenComparing(one -> one.tests().get(0)));
        return all;
    }

    /** Returns the minutes a week that a flaky test costs: a retry, and a person, for each run it turns red. */
    public static double minutesOfFlaking(KnownTest test) {
        TestStanding standing = test.standing();
        double minutes = median(test).toMillis() / 60_000.0 + MINUTES_PER_RED_RUN;
        return standing.belief().flaky()
                * standing.rate().mean()
                * test.schedule().runsPerWeek()
                * minutes;
    }

    private static void byStanding(KnownTest test, FlakyThreshold threshold, List<Recommendation> all) {
        TestStanding standing = test.standing();
        TestStanding.Track track = standing.track();
        double weekly = test.schedule().runsPerWeek() * MINUTES_PER_RED_RUN;
        if (standing.mark() == Mark.BROKEN) {
            long since = track.marks().failingSince();
            String where = since > 0
                    ? "Red since commit #" + since + "; the change lies after the last green one before it."
                    : "It never passed on the stable branch.";
            all.add(one(
                    Kind.REVERT_CANDIDATE,
                    test,
                    where,
                    weekly * standing.belief().broken()));
        } else if (standing.mark() == Mark.FLAKY && threshold.reachedBy(standing.rate())) {
            String evidence = String.format(
                    Locale.ROOT,
                    "%d flakes in %d runs, about %.1f %% of its runs, the last on commit #%d.",
                    track.flakes(),
                    track.runs(),
                    100 * standing.rate().mean(),
                    track.marks().lastFlake());
            all.add(one(Kind.FIX_NOW, test, evidence, minutesOfFlaking(test)));
        } else if (standing.mark() == Mark.SUSPECT) {
            String evidence = String.format(
                    Locale.ROOT,
                    "Flaky with %.0f %%, broken with %.0f %%: one more run on the same commit decides.",
                    100 * standing.belief().flaky(),
                    100 * standing.belief().broken());
            all.add(one(
                    Kind.RERUN_TO_DECIDE,
                    test,
                    evidence,
                    weekly * (1 - standing.belief().stable()) / 10));
        }
    }

    private static void byDuration(KnownTest test, List<Recommendation> all) {
        test.durations().lastRegression().ifPresent(regression -> all.add(slower(test, regression)));
        Duration timeout = test.schedule().timeout();
        Duration p99 = test.durations().sketch().p99().orElse(Duration.ZERO);
        if (timeout.isZero() || test.durations().sketch().samples() < ENOUGH_SAMPLES) {
            return;
        }
        String measured =
                "One run in a hundred takes " + seconds(p99) + " or longer; its limit is " + seconds(timeout) + ".";
        if (p99.toNanos() > CLOSE_TO_TIMEOUT * timeout.toNanos()) {
            all.add(one(
                    Kind.RAISE_TIMEOUT, test, measured, test.schedule().runsPerWeek() * 0.01 * MINUTES_PER_RED_RUN));
        } else if (timeout.compareTo(LONG_TIMEOUT) > 0 && p99.toNanos() < FAR_FROM_TIMEOUT * timeout.toNanos()) {
            all.add(one(Kind.LOWER_TIMEOUT, test, measured, 0));
        }
    }

    private static Recommendation slower(KnownTest test, DurationDrift.Regression regression) {
        String evidence = String.format(
                Locale.ROOT,
                "Slower by %.0f %% since commit #%d: %s before, %s after.",
                100 * regression.slowdown(),
                regression.commitOrdinal(),
                seconds(regression.before()),
                seconds(regression.after()));
        double added = regression.after().minus(regression.before()).toMillis() / 60_000.0;
        return one(
                Kind.SLOWER, test, evidence, Math.max(0, added * test.schedule().runsPerWeek()));
    }

    private static void bySchedule(KnownTest test, Instant now, List<Recommendation> all) {
        if (test.standing().track().runs() == 0) {
            all.add(one(Kind.NEVER_RUNS, test, "It has never run.", 0));
        } else if (test.schedule().lastRun().isBefore(now.minus(STALE_AFTER))) {
            all.add(one(Kind.STALE, test, "It ran last on " + test.schedule().lastRun() + ".", 0));
        }
    }

    private static Duration median(KnownTest test) {
        return test.durations().sketch().p50().orElse(Duration.ZERO);
    }

    private static Recommendation one(Kind kind, KnownTest test, String evidence, double impact) {
        return new Recommendation(kind, List.of(test.test()), evidence, impact);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
