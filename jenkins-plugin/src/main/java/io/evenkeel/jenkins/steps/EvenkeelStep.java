package io.evenkeel.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code evenkeel(shards: 8) { node { …; evenkeelRun() } }}: starts its body once for each shard, all at the same time. */
public final class EvenkeelStep extends Step {

    private static final int MOST_RETRIES = 10;

    private final int shards;
    private @Nullable String suite;
    private boolean failFast;
    private int agentRetries = 1;

    @DataBoundConstructor
    public EvenkeelStep(int shards) {
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

    public boolean isFailFast() {
        return failFast;
    }

    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    public int getAgentRetries() {
        return agentRetries;
    }

    @DataBoundSetter
    public void setAgentRetries(int agentRetries) {
        this.agentRetries = agentRetries;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (shards < 1 || shards > Shard.MOST) {
            throw new AbortException(
                    "Evenkeel: the number of shards (" + shards + ") must be between 1 and " + Shard.MOST + ".");
        }
        if (agentRetries < 0 || agentRetries > MOST_RETRIES) {
            throw new AbortException("Evenkeel: agentRetries (" + agentRetries + ") must be between 0 and "
                    + MOST_RETRIES + "; 0 leaves the share of a lost agent undone.");
        }
        return new ShardsExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "evenkeel";
        }

        @Override
        public String getDisplayName() {
            return "Split Playwright tests over executors";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public FormValidation doCheckShards(@AncestorInPath @Nullable Item item, @QueryParameter int value) {
            ToolStepDescriptor.check(item);
            return ToolStepDescriptor.shards(value);
        }

        @POST
        public FormValidation doCheckAgentRetries(@AncestorInPath @Nullable Item item, @QueryParameter int value) {
            ToolStepDescriptor.check(item);
            return value < 0 || value > MOST_RETRIES
                    ? FormValidation.error("Give a number from 0 to " + MOST_RETRIES + ".")
                    : FormValidation.ok();
        }
    }
}
