package io.evenkeel.flaky.quarantine;

import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.quarantine.QuarantineAdvice.Release;
import io.evenkeel.flaky.rate.FlakeRate;
import io.evenkeel.flaky.rate.Mark;
import io.evenkeel.flaky.rate.TestStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quarantined tests of one project; every change gives a new list.
 *
 * <p>Immutable.
 */
public final class Quarantine {

    private static final Quarantine EMPTY = new Quarantine(new TreeMap<>());

    /**
     * Probability of still being flaky, at any rate, with which a test may leave. The bound alone lets tests of one flake in a hundred runs out, which come
     * back within weeks.
     */
    private static final double MOST_DOUBT = 0.25;

    private final SortedMap<TestId, QuarantineEntry> entries;

    private Quarantine(SortedMap<TestId, QuarantineEntry> entries) {
        this.entries = entries;
    }

    /** Returns a quarantine without tests. */
    public static Quarantine empty() {
        return EMPTY;
    }

    /** Returns a quarantine with these entries; of two for one test the one that ends later counts. */
    public static Quarantine of(Collection<QuarantineEntry> entries) {
        SortedMap<TestId, QuarantineEntry> sorted = new TreeMap<>();
        for (QuarantineEntry entry : entries) {
            sorted.merge(entry.test(), entry, (a, b) -> a.until().isAfter(b.until()) ? a : b);
        }
        return new Quarantine(sorted);
    }

    /** Returns all entries, by suite and id, expired ones too. */
    public List<QuarantineEntry> list() {
        return List.copyOf(entries.values());
    }

    /** Returns the entry of a test, expired or not. */
    public Optional<QuarantineEntry> entry(TestId test) {
        return Optional.ofNullable(entries.get(test));
    }

    /** Returns whether a failure of the test leaves the pipeline green. */
    public boolean excuses(TestId test, Instant now) {
        return entry(test).filter(entry -> entry.activeAt(now)).isPresent();
    }

    /**
     * Adds a test.
     *
     * @param duration how long, at most {@link QuarantinePolicy#LONGEST}
     * @throws IllegalArgumentException when owner or duration break the rules
     */
    public Quarantine add(TestId test, String owner, String reason, Instant now, Duration duration) {
        SortedMap<TestId, QuarantineEntry> next = new TreeMap<>(entries);
        next.put(test, new QuarantineEntry(test, owner, reason, now, now.plus(duration)));
        return new Quarantine(next);
    }

    /** Takes a test out; a test that is not in changes nothing. */
    public Quarantine release(TestId test) {
        if (!entries.containsKey(test)) {
            return this;
        }
        SortedMap<TestId, QuarantineEntry> next = new TreeMap<>(entries);
        next.remove(test);
        return new Quarantine(next);
    }

    /**
     * Advises on one test.
     *
     * <p>Never in for a broken test, and out at once when it turns broken (on two commits in a row, or nearly sure): a quarantine that hides a breakage is worse than
     * a red pipeline.
     *
     * @param suiteSize tests of the suite, for the cap
     */
    public QuarantineAdvice advise(
            QuarantinePolicy policy, TestId test, TestStanding standing, Instant now, int suiteSize) {
        Optional<QuarantineEntry> entry = entry(test);
        return entry.isPresent()
                ? adviseInside(policy, entry.get(), standing, now)
                : adviseOutside(policy, standing, now, suiteSize);
    }

    /** Returns the order in which tests should be quarantined while the cap leaves room: the highest sure rate first. */
    public static Comparator<TestStanding> byUrgency() {
        return Comparator.comparingDouble(
                (TestStanding standing) -> -standing.rate().low());
    }

    /** Returns the sentence that says why a broken test leaves the quarantine. */
    public static String whyBroken(TestStanding standing) {
        return "It is broken, not flaky: every attempt failed on "
                + standing.track().failing()
                + (standing.track().failing() == 1 ? " commit" : " commits in a row") + ", since commit #"
                + standing.track().marks().failingSince() + ".";
    }

    private static QuarantineAdvice adviseInside(
            QuarantinePolicy policy, QuarantineEntry entry, TestStanding standing, Instant now) {
        ReleaseProgress progress = ReleaseProgress.of(policy, standing);
        if (standing.mark() == Mark.BROKEN) {
            return new Release(Release.Cause.BROKEN, whyBroken(standing));
        }
        boolean bounded = standing.rate().atLeast(policy.tolerance()) < 0.05;
        if (progress.earned() && bounded && standing.belief().flaky() <= MOST_DOUBT) {
            return new Release(
                    Release.Cause.EARNED,
                    progress.describe() + ": a rate above " + percent(policy.tolerance())
                            + " is excluded with 95 % confidence.");
        }
        if (!entry.activeAt(now)) {
            return new Release(
                    Release.Cause.EXPIRED,
                    "Its time ended on " + entry.until() + " and it is not repaired (" + progress.describe() + "); "
                            + entry.owner() + " must decide.");
        }
        return new QuarantineAdvice.Stay(
                progress.describe() + "; a burst of " + Math.max(1, progress.burst()) + " runs would decide.",
                progress);
    }

    private QuarantineAdvice adviseOutside(QuarantinePolicy policy, TestStanding standing, Instant now, int suiteSize) {
        if (standing.mark() == Mark.BROKEN) {
            return new QuarantineAdvice.Leave("It is broken: repair or revert, never quarantine.");
        }
        if (standing.mark() != Mark.FLAKY || standing.track().redOnStableBranch()) {
            return new QuarantineAdvice.Leave(
                    "It is not known to be flaky (" + standing.mark().word() + ").");
        }
        FlakeRate rate = standing.rate();
        if (rate.low() < policy.leastRate()) {
            return new QuarantineAdvice.Leave("Its flake rate may be as low as " + percent(rate.low()) + "; below "
                    + percent(policy.leastRate()) + " a retry is enough.");
        }
        long active =
                entries.values().stream().filter(entry -> entry.activeAt(now)).count();
        if (active >= policy.most(suiteSize)) {
            return new QuarantineAdvice.Leave("The quarantine is full (" + active + " of " + policy.most(suiteSize)
                    + " tests): repair one before another goes in.");
        }
        return new QuarantineAdvice.Enter("It flakes in " + percent(rate.mean()) + " of its runs (90 % interval "
                + percent(rate.low()) + " to " + percent(rate.high()) + ", "
                + standing.track().flakes() + " flakes in "
                + standing.track().runs() + " runs).");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share >= 0.1 ? "%.0f %%" : "%.1f %%", 100 * share);
    }
}
