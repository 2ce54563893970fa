package io.evenkeel.jenkins.results;

import edu.hm.hafner.echarts.JacksonFacade;
import edu.hm.hafner.echarts.LineSeries;
import edu.hm.hafner.echarts.LineSeries.FilledMode;
import edu.hm.hafner.echarts.LineSeries.StackedMode;
import edu.hm.hafner.echarts.LinesChartModel;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.echarts.AsyncTrendChart;
import io.jenkins.plugins.echarts.JenkinsPalette;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/** The trend of a suite on its job's page: passed, flaky, failed and missing tests of the latest builds. Immutable. */
public final class EvenkeelJobAction implements Action, AsyncTrendChart {

    private static final int BUILDS = 50;

    private final Job<?, ?> job;
    private final SuiteName suite;

    EvenkeelJobAction(Job<?, ?> job, SuiteName suite) {
        this.job = job;
        this.suite = suite;
    }

    public String getTitle() {
        return suite.title() + " tests";
    }

    @Override
    @JavaScriptMethod
    public String getBuildTrendModel() {
        List<EvenkeelRunAction> runs = runs(BUILDS);
        LinesChartModel model = new LinesChartModel();
        model.setDomainAxisLabels(
                runs.stream().map(run -> run.getRun().getDisplayName()).toList());
        model.setBuildNumbers(runs.stream().map(run -> run.getRun().getNumber()).toList());
        // The first stands at the bottom: there a few failures have a line of their own that begins at zero.
        model.addSeries(
                series("Failed", JenkinsPalette.RED, runs, RunOutcome::getFailed),
                series("No result", JenkinsPalette.PURPLE, runs, RunOutcome::getMissing),
                series("Flaky", JenkinsPalette.YELLOW, runs, RunOutcome::getFlaky),
                series("Passed", JenkinsPalette.GREEN, runs, RunOutcome::getPassed));
        model.setRangeMin(0);
        return new JacksonFacade().toJson(model);
    }

    private static LineSeries series(
            String name, JenkinsPalette colour, List<EvenkeelRunAction> runs, ToIntFunction<RunOutcome> value) {
        LineSeries series = new LineSeries(name, colour.normal(), StackedMode.STACKED, FilledMode.FILLED);
        // Not one by one: that would put each in front of those before.
        series.addAll(runs.stream()
                .map(EvenkeelRunAction::getOutcome)
                .map(outcome -> outcome == null ? 0 : value.applyAsInt(outcome))
                .toList());
        return series;
    }

    @Override
    public boolean isTrendVisible() {
        return runs(2).size() > 1;
    }

    /** Returns the latest judged runs, the oldest first. */
    private List<EvenkeelRunAction> runs(int most) {
        List<EvenkeelRunAction> runs = new ArrayList<>();
        int looked = 0;
        for (Run<?, ?> build = job.getLastBuild();
                build != null && runs.size() < most && looked < 4 * BUILDS;
                build = build.getPreviousBuild()) {
            looked++;
            for (EvenkeelRunAction action : build.getActions(EvenkeelRunAction.class)) {
                if (action.suite().equals(suite) && action.getOutcome() != null) {
                    runs.add(0, action);
                }
            }
        }
        return runs;
    }

    @Override
    public @Nullable String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return suite.title();
    }

    @Override
    public String getUrlName() {
        return suite.title().equals(SuiteName.USUAL) ? "evenkeel" : "evenkeel-" + suite.slug();
    }
}
