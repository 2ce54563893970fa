package io.evenkeel.flaky.rate;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.rate.OutageGate.Before;
import io.evenkeel.flaky.rate.OutageGate.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * How much likelier a commit broke a test because other tests failed with it too.
 *
 * <p>Breakages come in bunches: most commits break nothing, a few break many tests at once. So the hazard of breaking is not the same for every commit; hidden behind each is a
 * share of the tests that it breaks, distributed as Beta({@value #BUNCHING}, {@value #BUNCHING} / h), whose mean is the project's hazard h. After s of n other tests broke, its mean is
 * (B + s) / (B / h + n). The factor is that mean over h:
 *
 * <pre>(B + s) / (B + h n)</pre>
 *
 * <p>B = {@value #BUNCHING} makes three commits in a hundred break something in a suite of 200 tests, two tests on average. s adds up, for each of the others, the probability that it is broken as history
 * and its own attempts tell it, without this factor: tests known to flake add next to nothing. It is not repeated with the raised probabilities: failures of one run share
 * other causes than the commit, so their evidence is worth less than it looks.
 *
 * <p>Nothing is shared by fewer than {@value #LEAST} tests. Only failures on the stable branch take part, that failed throughout, were not red before, did not pass on the very commit, and whose error speaks for
 * a change (see {@link OutageGate}): a locator that meets nothing, a value that differs. Failures without a telling error share an ailing infrastructure at least as often: on Apache Ozone's CI, which
 * keeps no texts beside its verdicts, counting them too made the judgement worse (area at once 0.959 instead of 0.962).
 *
 * <p>The factor belongs to the commit, not to a run: of several runs of a commit the largest counts, once. So it depends on no order, and a replay finds it in the memory of the
 * test. Costs one addition for each failure of a run.
 *
 * <p>Immutable.
 *
 * @param factor by which the odds of "broken" grow, 1 (nothing) to {@value #MOST}
 * @param others tests that take part beside this one
 */
public record CommonCause(int factor, int others) {

    /** Largest factor. */
    public static final int MOST = 200;

    /** Nothing is shared. */
    public static final CommonCause NONE = new CommonCause(1, 0);

    /** Fewest tests that count as many: two may fail together by accident. */
    static final int LEAST = 3;

    private static final double BUNCHING = 0.03;

    public CommonCause {
        if (factor < 1 || factor > MOST || others < 0) {
            throw new IllegalArgumentException("The factor (" + factor + ") of a common cause must be between 1 and "
                    + MOST + ", the number of other tests (" + others + ") must not be negative.");
        }
    }

    /**
     * A failure with what is thought of it alone.
     *
     * @param failure its kind, its attempts, and what was known of the test before
     * @param broken probability that the test is broken, from history and this result, in [0, 1]
     */
    public record Suspect(Failure failure, double broken) {

        private boolean takesPart() {
            AttemptPattern pattern = failure.pattern();
            return pattern.failedThroughout()
                    && failure.before() == Before.OPEN
                    && OutageGate.speaksForChange(failure.category());
        }
    }

    /**
     * Asks what the failures of one run say about each other.
     *
     * @param suspects the failures of a run that is no outage, each test once
     * @param tests tests that ran, at least as many
     * @param line where the run stands; the failures of a pull request teach nothing about the stable branch
     * @param breaks the project's hazard of breaking
     * @return one for each failure, in the order given
     */
    public static List<CommonCause> of(List<Suspect> suspects, int tests, Line line, double breaks) {
        double all = 0;
        int many = 0;
        for (Suspect suspect : suspects) {
            if (line == Line.STABLE_BRANCH && suspect.takesPart()) {
                all += suspect.broken();
                many++;
            }
        }
        List<CommonCause> causes = new ArrayList<>(suspects.size());
        for (Suspect suspect : suspects) {
            if (many < LEAST || !suspect.takesPart()) {
                causes.add(NONE);
                continue;
            }
            double others = Math.max(0, all - suspect.broken());
            double factor = (BUNCHING + others) / (BUNCHING + breaks * (tests - 1));
            causes.add(new CommonCause((int) Math.max(1, Math.min(MOST, Math.round(factor))), many - 1));
        }
        return causes;
    }
}
