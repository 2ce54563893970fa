package io.evenkeel.jenkins.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.evenkeel.jenkins.executor.ToolCall;
import io.evenkeel.jenkins.executor.ToolExecution;
import io.evenkeel.jenkins.executor.ToolPlace;
import io.evenkeel.jenkins.results.BuildFiles;
import io.evenkeel.jenkins.results.EvenkeelRunAction;
import io.evenkeel.jenkins.results.SuiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.flow.StashManager;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code evenkeelRun()}: runs one share of the suite on the current node and keeps its results with the build. */
public final class EvenkeelRunStep extends Step {

    private static final String DYNAMIC = "dynamic";

    private @Nullable String shard;
    private @Nullable String mode;
    private @Nullable String suite;
    private @Nullable String command;
    private boolean skipMarkingBuildUnstable;

    @DataBoundConstructor
    public EvenkeelRunStep() {}

    public @Nullable String getShard() {
        return shard;
    }

    @DataBoundSetter
    public void setShard(@Nullable String shard) {
        this.shard = Util.fixEmptyAndTrim(shard);
    }

    public @Nullable String getMode() {
        return mode;
    }

    @DataBoundSetter
    public void setMode(@Nullable String mode) {
        this.mode = Util.fixEmptyAndTrim(mode);
    }

    public @Nullable String getSuite() {
        return suite;
    }

    @DataBoundSetter
    public void setSuite(@Nullable String suite) {
        this.suite = Util.fixEmptyAndTrim(suite);
    }

    public @Nullable String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(@Nullable String command) {
        this.command = Util.fixEmptyAndTrim(command);
    }

    public boolean isSkipMarkingBuildUnstable() {
        return skipMarkingBuildUnstable;
    }

    @DataBoundSetter
    public void setSkipMarkingBuildUnstable(boolean skipMarkingBuildUnstable) {
        this.skipMarkingBuildUnstable = skipMarkingBuildUnstable;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        EnvVars environment = context.get(EnvVars.class);
        Shard share = Shard.read(shard, environment == null ? new EnvVars() : environment);
        return new Execution(context, new SuiteWork(suite, command), share, this);
    }

    private static final class Execution extends ToolExecution {

        private static final long serialVersionUID = 1L;

        private final SuiteWork work;
        private final Shard shard;
        private final @Nullable String mode;
        private final boolean marksUnstable;

        Execution(StepContext context, SuiteWork work, Shard shard, EvenkeelRunStep step) {
            super(context);
            this.work = work;
            this.shard = shard;
            this.mode = step.mode;
            this.marksUnstable = !step.skipMarkingBuildUnstable;
        }

        @Override
        protected ToolCall prepare(ToolPlace place) throws IOException, InterruptedException {
            work.bringTimings(place);
            work.bringPlan(place);
            List<String> options = new ArrayList<>(List.of("run", "--shard", shard.toString()));
            if (mode != null) {
                options.add("--mode");
                options.add(mode);
            }
            if (DYNAMIC.equals(mode)) {
                EvenkeelRunAction.of(place.run(), work.suite(place.environment()))
                        .queue();
            }
            return work.call(place, options);
        }

        @Override
        protected Object finish(ToolPlace place, int exitCode) throws IOException, InterruptedException {
            boolean ran = collect(place);
            if (exitCode == ExitCodes.TESTS_FAILED && ran) {
                if (marksUnstable) {
                    Colour.unstable(getContext(), place.run(), "Tests of shard " + shard + " failed");
                }
            } else if (exitCode != ExitCodes.PASSED) {
                throw ExitCodes.failure("shard " + shard, exitCode);
            }
            if (DYNAMIC.equals(mode) && hasTaken(place)) {
                EvenkeelRunAction.of(place.run(), work.suite(place.environment()))
                        .servedQueue();
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("shard", shard.toString());
            result.put("exitCode", exitCode);
            return result;
        }

        /** Only who got tests from the queue has the file with their order; who runs a share of the plan instead has not. */
        private boolean hasTaken(ToolPlace place) throws IOException, InterruptedException {
            FilePath folder = SuiteWork.folder(place);
            return folder.list("spool/" + share(place) + ".*.order").length > 0;
        }

        private String share(ToolPlace place) {
            return work.suite(place.environment()).runKey(place.run()) + "_s" + shard.index();
        }

        @Override
        protected void rescue(ToolPlace place) throws IOException, InterruptedException {
            collect(place);
        }

        @Override
        protected String secret(ToolPlace place) throws IOException {
            return SuiteWork.secret(place);
        }

        /**
         * Keeps what the share has left with the build: workspaces and agents may be gone when the report is made. A repeated share
         * replaces what it left before.
         *
         * @return whether any test result was there
         */
        private boolean collect(ToolPlace place) throws IOException, InterruptedException {
            SuiteName suite = work.suite(place.environment());
            BuildFiles files = work.files(place);
            if (!Files.exists(files.plan())) {
                files.take(SuiteWork.folder(place).child("plan.json"), files.plan());
            }
            String key = suite.runKey(place.run());
            String share = share(place);
            FilePath folder = SuiteWork.folder(place);
            if (!folder.isDirectory() || folder.list("spool/" + share + ".*").length == 0) {
                return false;
            }
            StashManager.stash(
                    place.run(),
                    stash(suite, shard.index()),
                    folder,
                    place.launcher(),
                    place.environment(),
                    place.listener(),
                    "spool/" + share + ".*,blob/" + share + ".*,spool/" + key + ".run.json",
                    null,
                    true,
                    false);
            EvenkeelRunAction.of(place.run(), suite).addShare(shard.index());
            return true;
        }
    }

    /** Returns the name under which the results of a share are kept. */
    static String stash(SuiteName suite, int share) {
        return "evenkeel-" + suite.slug() + "-" + share;
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends ToolStepDescriptor {

        @Override
        public String getFunctionName() {
            return "evenkeelRun";
        }

        @Override
        public String getDisplayName() {
            return "Run a share of the Playwright tests";
        }

        @POST
        public FormValidation doCheckShard(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            check(item);
            try {
                Shard.read(value, new EnvVars());
                return FormValidation.ok();
            } catch (IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillModeItems(@AncestorInPath @Nullable Item item) {
            check(item);
            ListBoxModel modes = new ListBoxModel();
            modes.add("as planned", "");
            modes.add("from the queue of the coordinator", DYNAMIC);
            return modes;
        }
    }
}
