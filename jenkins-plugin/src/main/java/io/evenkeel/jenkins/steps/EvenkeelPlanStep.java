package io.evenkeel.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.evenkeel.jenkins.executor.ToolCall;
import io.evenkeel.jenkins.executor.ToolExecution;
import io.evenkeel.jenkins.executor.ToolPlace;
import io.evenkeel.jenkins.results.BuildFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code evenkeelPlan(shards: 8)}: lists the suite, plans it, keeps the plan with the build, and returns one map for each shard.
 *
 * <p>The plan is made of the tests that are there now, so one that was never seen before runs exactly once, too.
 */
public final class EvenkeelPlanStep extends Step {

    private final int shards;
    private @Nullable String suite;
    private @Nullable String command;

    @DataBoundConstructor
    public EvenkeelPlanStep(int shards) {
        this.shards = shards;
    }

    public int getShards() {
        return shards;
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

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (shards < 1 || shards > Shard.MOST) {
            throw new AbortException(
                    "Evenkeel: the number of shards (" + shards + ") must be between 1 and " + Shard.MOST + ".");
        }
        return new Execution(context, new SuiteWork(suite, command), shards);
    }

    private static final class Execution extends ToolExecution {

        private static final long serialVersionUID = 1L;

        private final SuiteWork work;
        private final int shards;

        Execution(StepContext context, SuiteWork work, int shards) {
            super(context);
            this.work = work;
            this.shards = shards;
        }

        @Override
        protected ToolCall prepare(ToolPlace place) throws IOException, InterruptedException {
            SuiteWork.folder(place).child("plan.json").delete();
            work.bringTimings(place);
            return work.call(place, List.of("plan", "--shards", String.valueOf(shards)));
        }

        @Override
        protected Object finish(ToolPlace place, int exitCode) throws IOException, InterruptedException {
            BuildFiles files = work.files(place);
            if (exitCode != ExitCodes.PASSED
                    || !files.take(SuiteWork.folder(place).child("plan.json"), files.plan())) {
                throw ExitCodes.failure("the plan", exitCode);
            }
            return shards(BuildFiles.read(files.plan()));
        }

        @Override
        protected String secret(ToolPlace place) throws IOException {
            return SuiteWork.secret(place);
        }

        /** Ten thousand test ids have no place in a pipeline's variables, which are stored at every step: they stay in the file. */
        private static List<Map<String, Object>> shards(JSONObject plan) throws IOException {
            JSONArray planned = plan.optJSONArray("shards");
            if (planned == null) {
                throw new IOException("plan.json has no shards. Update the plugin.");
            }
            List<Map<String, Object>> shards = new ArrayList<>();
            for (int i = 0; i < planned.size(); i++) {
                JSONObject share = planned.getJSONObject(i);
                JSONArray tests = share.optJSONArray("tests");
                Map<String, Object> shard = new LinkedHashMap<>();
                shard.put("index", share.optInt("index"));
                shard.put("total", planned.size());
                shard.put(
                        "shard", Shard.of(share.optInt("index"), planned.size()).toString());
                shard.put("tests", tests == null ? 0 : tests.size());
                shard.put("loadMs", share.optLong("loadMs"));
                shards.add(shard);
            }
            return shards;
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends ToolStepDescriptor {

        @Override
        public String getFunctionName() {
            return "evenkeelPlan";
        }

        @Override
        public String getDisplayName() {
            return "Plan which executor runs which Playwright tests";
        }

        @POST
        public FormValidation doCheckShards(@AncestorInPath @Nullable Item item, @QueryParameter int value) {
            check(item);
            return shards(value);
        }
    }
}
