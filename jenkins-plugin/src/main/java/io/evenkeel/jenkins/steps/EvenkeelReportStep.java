package io.evenkeel.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Result;
import io.evenkeel.jenkins.executor.ToolCall;
import io.evenkeel.jenkins.executor.ToolExecution;
import io.evenkeel.jenkins.executor.ToolPlace;
import io.evenkeel.jenkins.publish.RunPublication;
import io.evenkeel.jenkins.results.BuildFiles;
import io.evenkeel.jenkins.results.EvenkeelRunAction;
import io.evenkeel.jenkins.results.EvenkeelRunAction.KeptReport;
import io.evenkeel.jenkins.results.RunOutcome;
import io.evenkeel.jenkins.results.SuiteName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.flow.StashManager;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code evenkeelReport()}: brings all shares together, judges, shows, publishes, and colours the build. */
public final class EvenkeelReportStep extends Step {

    private @Nullable String suite;
    private boolean ownReporters;
    private boolean skipArchivingReport;
    private boolean skipMarkingBuildUnstable;
    private boolean skipPublishingChecks;

    @DataBoundConstructor
    public EvenkeelReportStep() {}

    public @Nullable String getSuite() {
        return suite;
    }

    @DataBoundSetter
    public void setSuite(@Nullable String suite) {
        this.suite = Util.fixEmptyAndTrim(suite);
    }

    public boolean isOwnReporters() {
        return ownReporters;
    }

    @DataBoundSetter
    public void setOwnReporters(boolean ownReporters) {
        this.ownReporters = ownReporters;
    }

    public boolean isSkipArchivingReport() {
        return skipArchivingReport;
    }

    @DataBoundSetter
    public void setSkipArchivingReport(boolean skipArchivingReport) {
        this.skipArchivingReport = skipArchivingReport;
    }

    public boolean isSkipMarkingBuildUnstable() {
        return skipMarkingBuildUnstable;
    }

    @DataBoundSetter
    public void setSkipMarkingBuildUnstable(boolean skipMarkingBuildUnstable) {
        this.skipMarkingBuildUnstable = skipMarkingBuildUnstable;
    }

    public boolean isSkipPublishingChecks() {
        return skipPublishingChecks;
    }

    @DataBoundSetter
    public void setSkipPublishingChecks(boolean skipPublishingChecks) {
        this.skipPublishingChecks = skipPublishingChecks;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends ToolExecution {

        private static final long serialVersionUID = 1L;

        private final SuiteWork work;
        private final boolean ownReporters;
        private final boolean keepsReport;
        private final boolean marksUnstable;
        private final boolean publishes;

        Execution(StepContext context, EvenkeelReportStep step) {
            super(context);
            this.work = new SuiteWork(step.suite, null);
            this.ownReporters = step.ownReporters;
            this.keepsReport = !step.skipArchivingReport;
            this.marksUnstable = !step.skipMarkingBuildUnstable;
            this.publishes = !step.skipPublishingChecks;
        }

        @Override
        protected ToolCall prepare(ToolPlace place) throws IOException, InterruptedException {
            SuiteName suite = work.suite(place.environment());
            List<Integer> shares = EvenkeelRunAction.of(place.run(), suite).shares();
            if (shares.isEmpty()) {
                throw new AbortException(
                        "Evenkeel: no share of the suite \"" + suite
                                + "\" has any result in this build. Call evenkeelRun before evenkeelReport, with the same suite.");
            }
            FilePath folder = SuiteWork.folder(place);
            folder.mkdirs();
            // What an earlier build has left here must not pass for this one's.
            folder.child("summary.json").delete();
            folder.child("report").deleteRecursive();
            for (int share : shares) {
                StashManager.unstash(
                        place.run(),
                        EvenkeelRunStep.stash(suite, share),
                        folder,
                        place.launcher(),
                        place.environment(),
                        place.listener());
            }
            work.bringTimings(place);
            work.bringPlan(place);
            List<String> options = new ArrayList<>(List.of("report", "--run", suite.runKey(place.run())));
            if (ownReporters) {
                options.add("--own-reporters");
            }
            return work.bareCall(place, options);
        }

        @Override
        protected Object finish(ToolPlace place, int exitCode) throws IOException, InterruptedException {
            SuiteName suite = work.suite(place.environment());
            BuildFiles files = work.files(place);
            FilePath folder = SuiteWork.folder(place);
            if (!files.take(folder.child("summary.json"), files.summary())) {
                throw ExitCodes.failure("the report", exitCode);
            }
            files.take(folder.child("summary.md"), files.markdown());
            files.take(folder.child("timings.json"), files.learned());
            KeptReport kept = keepsReport ? ReportArchive.keep(place, suite) : KeptReport.NO;
            EvenkeelRunAction action = EvenkeelRunAction.of(place.run(), suite);
            RunOutcome outcome = action.report(BuildFiles.read(files.summary()), kept);
            place.say(outcome.getSentence());
            if (publishes) {
                RunPublication.publish(place.run(), action, place.listener());
            }
            colour(place, outcome, exitCode);
            return values(outcome, exitCode);
        }

        private void colour(ToolPlace place, RunOutcome outcome, int exitCode)
                throws IOException, InterruptedException {
            if (exitCode == ExitCodes.TESTS_FAILED) {
                if (marksUnstable) {
                    Colour.unstable(getContext(), place.run(), outcome.getSentence());
                }
            } else if (exitCode != ExitCodes.PASSED) {
                place.run().setResult(Result.FAILURE);
                throw new AbortException("Evenkeel: " + outcome.getSentence()
                        + " It is not proven that every test ran (exit code " + exitCode + "). The tab \""
                        + work.suite(place.environment()) + "\" of this build names the missing ones.");
            }
        }

        private static Map<String, Object> values(RunOutcome outcome, int exitCode) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("verdict", outcome.getVerdict());
            values.put("sentence", outcome.getSentence());
            values.put("exitCode", exitCode);
            values.put("discovered", outcome.getDiscovered());
            values.put("passed", outcome.getPassed());
            values.put("flaky", outcome.getFlaky());
            values.put("failed", outcome.getFailed());
            values.put("skipped", outcome.getSkipped());
            values.put("missing", outcome.getMissing());
            values.put("heals", outcome.getHeals());
            return values;
        }

        @Override
        protected String secret(ToolPlace place) throws IOException {
            return SuiteWork.secret(place);
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends ToolStepDescriptor {

        @Override
        public String getFunctionName() {
            return "evenkeelReport";
        }

        @Override
        public String getDisplayName() {
            return "Report the Playwright tests of all executors";
        }
    }
}
