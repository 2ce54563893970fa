package io.evenkeel.coordinator.page;

import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunCounts;
import io.evenkeel.coordinator.run.RunSentence;
import io.evenkeel.coordinator.run.RunSource;
import io.evenkeel.coordinator.run.RunVerdict;
import java.time.Duration;
import java.time.Instant;

/**
 * A run in a list, and the head of its page: everything as it is printed.
 *
 * <p>Immutable.
 *
 * @param id key of the run
 * @param verdict word of the verdict; {@code silent} for a run nobody hears of any more
 * @param sentence how it went
 * @param source where it comes from
 * @param numbers what it measured
 */
public record RunLine(long id, String verdict, String sentence, Origin source, Numbers numbers) {

    /** Where a run comes from. */
    public record Origin(String project, String runKey, RunSource source, String commit, When when) {}

    /** When it began. */
    public record When(String ago, String absolute, String iso) {}

    /** What it measured. */
    public record Numbers(RunCounts counts, int all, Bar bar, Times times, Run.Heals heals) {}

    /** Wall time and sum of all attempts. */
    public record Times(String wall, String test) {}

    /** Returns the line of a run as seen now. */
    public static RunLine of(Run run, Instant now) {
        RunCounts counts = run.totals().counts();
        int all = run.expectedTests();
        boolean silent = run.state().silent(now);
        Instant created = run.state().times().created();
        String sentence = silent
                ? "No executor has been heard of since " + Format.ago(last(run), now) + "; " + counts.ended() + " of "
                        + Format.count(all, "test") + " done."
                : RunSentence.of(run);
        return new RunLine(
                run.id(),
                silent ? "silent" : run.state().verdict().word(),
                sentence,
                new Origin(
                        run.owner().project(),
                        run.owner().runKey(),
                        run.source(),
                        Format.commit(run.source().commit()),
                        new When(Format.ago(created, now), Format.absolute(created), created.toString())),
                new Numbers(
                        counts,
                        all,
                        Bar.of(counts, all),
                        new Times(
                                Format.duration(run.state().times().wall()),
                                Format.duration(Duration.ofMillis(run.totals().testMs()))),
                        run.totals().heals()));
    }

    /** Returns whether the page of the run should listen for news. */
    public boolean live() {
        return verdict.equals(RunVerdict.RUNNING.word()) || verdict.equals("silent");
    }

    private static Instant last(Run run) {
        Instant event = run.state().times().lastEvent();
        return event.isAfter(run.state().times().created())
                ? event
                : run.state().times().created();
    }
}
