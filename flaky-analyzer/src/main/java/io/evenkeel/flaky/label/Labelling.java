package io.evenkeel.flaky.label;

import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.rate.FlakeRate;
import io.evenkeel.flaky.rate.FlakyThreshold;
import io.evenkeel.flaky.rate.OutageGate;
import io.evenkeel.flaky.rate.TestStanding;
import io.evenkeel.flaky.signature.FailureCategory;
import io.evenkeel.flaky.signature.FailureCategory.Leaning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Labels the failures of one run.
 *
 * <p>The first rule that holds decides: the run is an outage, or at least {@value #SHARED_INFRASTRUCTURE} tests share one failure of the environment or
 * the network: infrastructure. The test is quarantined and was not red before: quarantined. It failed on the newest commits of the stable
 * branch: red on main. It flaked before, as often as the project's threshold asks for, and history with this result leaves less than one chance in ten for a breakage: known flaky. Else new.
 *
 * <p>Static functions.
 */
public final class Labelling {

    /** Tests that must share one failure of the environment to be called infrastructure. */
    public static final int SHARED_INFRASTRUCTURE = 3;

    /** A breakage called flaky costs more than a flake called new, so a flake must be nearly sure. */
    private static final double SURE_FLAKE = 0.9;

    private Labelling() {}

    /** Labels every failure of a run of a project without a threshold; as the other one. */
    public static List<LabelledFailure> label(
            OutageGate gate, List<FailureInRun> failures, Function<FailureInRun, KnownHistory> history) {
        return label(gate, failures, history, FlakyThreshold.NONE);
    }

    /**
     * Labels every failure of a run.
     *
     * @param gate what the run as a whole is taken for
     * @param failures the tests that failed, each at most once
     * @param history what was known of each of them before the run
     * @param threshold tests that flake less often are not excused as known
     * @return one label for each failure, in the order given
     */
    public static List<LabelledFailure> label(
            OutageGate gate,
            List<FailureInRun> failures,
            Function<FailureInRun, KnownHistory> history,
            FlakyThreshold threshold) {
        Map<String, Integer> causes = new HashMap<>();
        for (FailureInRun failure : failures) {
            causes.merge(failure.signature().causeKey(), 1, Integer::sum);
        }
        List<LabelledFailure> labelled = new ArrayList<>(failures.size());
        for (FailureInRun failure : failures) {
            KnownHistory known = history.apply(failure);
            int sharing = causes.getOrDefault(failure.signature().causeKey(), 1);
            labelled.add(infrastructure(gate, failure, known, sharing)
                    .orElseGet(() -> byHistory(failure, known, threshold)));
        }
        return labelled;
    }

    private static Optional<LabelledFailure> infrastructure(
            OutageGate gate, FailureInRun failure, KnownHistory known, int sharing) {
        if (gate.decision() == OutageGate.Decision.OUTAGE) {
            return Optional.of(labelled(failure, known, FailureLabel.INFRASTRUCTURE, gate.reason() + "."));
        }
        FailureCategory category = failure.signature().category();
        boolean environment = category == FailureCategory.ENVIRONMENT;
        if (environment || (category.leaning() == Leaning.INFRASTRUCTURE && sharing >= SHARED_INFRASTRUCTURE)) {
            String who = sharing > 1 ? sharing + " tests failed with the same " : "It failed with a ";
            return Optional.of(labelled(
                    failure,
                    known,
                    FailureLabel.INFRASTRUCTURE,
                    who + category.word() + " error: " + failure.signature().headline() + "."));
        }
        return Optional.empty();
    }

    private static LabelledFailure byHistory(FailureInRun failure, KnownHistory known, FlakyThreshold threshold) {
        TestStanding before = known.before();
        TestStanding.Track track = before.track();
        boolean surelyFlake = known.now().flake() >= SURE_FLAKE;
        boolean failedHere = failure.pattern().failedThroughout();
        boolean red = failedHere && track.redOnStableBranch() && !(surelyFlake && track.flakes() > 0);
        if (known.quarantine() == KnownHistory.Quarantine.ACTIVE && !red) {
            return labelled(
                    failure, known, FailureLabel.QUARANTINED, "It is quarantined: " + rate(before.rate(), track) + ".");
        }
        if (red) {
            return labelled(failure, known, FailureLabel.RED_ON_MAIN, red(failure, track));
        }
        if (track.flakes() > 0 && surelyFlake) {
            String flaked = "It flaked before: " + rate(before.rate(), track);
            return threshold.reachedBy(before.rate())
                    ? labelled(failure, known, FailureLabel.KNOWN_FLAKY, flaked + ".")
                    : labelled(
                            failure,
                            known,
                            FailureLabel.NEW,
                            flaked + ", below the " + threshold.percent()
                                    + " from which this project calls a test flaky.");
        }
        return labelled(failure, known, FailureLabel.NEW, fresh(failure, known));
    }

    private static String red(FailureInRun failure, TestStanding.Track track) {
        String where = failure.position().line() == Line.PULL_REQUEST
                ? "It fails on the stable branch too"
                : "It has been failing";
        return where + ", since commit #" + track.marks().failingSince() + " (" + track.failing()
                + (track.failing() == 1 ? " commit, " : " commits in a row, ") + "no attempt passed).";
    }

    private static String fresh(FailureInRun failure, KnownHistory known) {
        TestStanding.Track track = known.before().track();
        int attempts = failure.pattern().failures();
        String shown = failure.pattern().failedThroughout()
                ? (attempts == 1 ? "Its only attempt failed" : "All " + attempts + " attempts failed")
                : "It failed and passed on retry";
        if (known.cause().factor() > 1) {
            int others = known.cause().others();
            shown += ", as " + others + (others == 1 ? " other test" : " other tests") + " did on this commit";
        }
        if (failure.recurrence().seen()) {
            int others = failure.recurrence().pullRequests();
            shown += ", in the same way as on " + others
                    + (others == 1 ? " unrelated pull request" : " unrelated pull requests")
                    + " while the stable branch passed";
        }
        if (track.runs() == 0) {
            return shown + "; it never ran before.";
        }
        if (track.flakes() > 0) {
            return shown + "; it flakes (" + rate(known.before().rate(), track) + "), but this may be a breakage ("
                    + percent(1 - known.now().flake()) + ").";
        }
        String passed =
                shown + "; it passed its last " + track.cleanRuns() + (track.cleanRuns() == 1 ? " run" : " runs");
        if (!failure.pattern().failedThroughout()) {
            return passed + ".";
        }
        double broken = 1 - known.now().flake();
        return broken >= 0.5
                ? passed + ", broken with " + percent(broken) + "."
                : passed + ". So far its history does not tell a breakage (" + percent(broken)
                        + ") from a flake; the next run does.";
    }

    private static String rate(FlakeRate rate, TestStanding.Track track) {
        return track.flakes() + (track.flakes() == 1 ? " flake in " : " flakes in ") + track.runs() + " runs, rate "
                + percent(rate.mean()) + " (90 % interval " + percent(rate.low()) + " to " + percent(rate.high()) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share >= 0.1 ? "%.0f %%" : "%.1f %%", 100 * share);
    }

    private static LabelledFailure labelled(FailureInRun failure, KnownHistory known, FailureLabel label, String why) {
        return new LabelledFailure(failure.test(), label, why, known.now().flake());
    }
}
