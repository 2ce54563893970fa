package io.evenkeel.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.evenkeel.jenkins.results.SuiteName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
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

    private final int shards;
    private @Nullable String suite;
    private boolean failFast;

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

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (shards < 1 || shards > Shard.MOST) {
            throw new AbortException(
                    "Evenkeel: the number of shards (" + shards + ") must be between 1 and " + Shard.MOST + ".");
        }
        return new Execution(context, this);
    }

    /**
     * Follows the bodies.
     *
     * <p>Everything here happens in the pipeline's own thread. The bodies resume by themselves after a restart of the controller; what is
     * stored of them here is what it takes to cancel them.
     */
    private static final class Execution extends StepExecution {

        private static final long serialVersionUID = 1L;

        private final int shards;
        private final String suite;
        private final boolean failFast;
        private final List<BodyExecution> bodies = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private int ended;
        private boolean cancelled;

        Execution(StepContext context, EvenkeelStep step) {
            super(context);
            this.shards = step.shards;
            this.suite = SuiteName.of(step.suite).title();
            this.failFast = step.failFast;
        }

        @Override
        public boolean start() throws Exception {
            StepContext context = getContext();
            warnAboutExecutors(context.get(TaskListener.class));
            EnvironmentExpander outer = context.get(EnvironmentExpander.class);
            for (int i = 1; i <= shards; i++) {
                Map<String, String> variables = new LinkedHashMap<>();
                variables.put("EVENKEEL_SHARD", Shard.of(i, shards).toString());
                variables.put("EVENKEEL_SUITE", suite);
                bodies.add(context.newBodyInvoker()
                        .withContext(EnvironmentExpander.merge(outer, EnvironmentExpander.constant(variables)))
                        .withDisplayName("Shard " + i + " of " + shards)
                        .withCallback(new Callback(this))
                        .start());
            }
            return false;
        }

        private void warnAboutExecutors(@Nullable TaskListener listener) {
            int executors = Stream.of(Jenkins.get().getComputers())
                    .filter(Computer::isOnline)
                    .mapToInt(Computer::getNumExecutors)
                    .sum();
            if (listener != null && executors < shards) {
                listener.getLogger()
                        .println("[Evenkeel] " + shards + " shards, but Jenkins has " + executors
                                + " executors online now. The others wait for a free one, which makes the split worse"
                                + " than one with fewer shards, unless a cloud starts more agents.");
            }
        }

        @Override
        public void stop(Throwable cause) {
            cancel(cause);
        }

        private void cancel(Throwable cause) {
            cancelled = true;
            for (BodyExecution body : List.copyOf(bodies)) {
                body.cancel(cause);
            }
        }

        void succeeded() {
            ended++;
            conclude();
        }

        void failed(Throwable reason) {
            ended++;
            failures.add(reason);
            if (failFast && !cancelled && ended < shards) {
                cancel(reason);
            }
            conclude();
        }

        private void conclude() {
            if (ended < shards) {
                return;
            }
            if (failures.isEmpty()) {
                getContext().onSuccess(null);
                return;
            }
            // A failure says more than the interruptions it has caused.
            Throwable worst = failures.stream()
                    .filter(failure -> !(failure instanceof FlowInterruptedException))
                    .findFirst()
                    .orElse(failures.get(0));
            failures.stream().filter(other -> other != worst).forEach(worst::addSuppressed);
            getContext().onFailure(worst);
        }
    }

    /** Hears how one body ends. */
    private static final class Callback extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        private final Execution execution;

        Callback(Execution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.succeeded();
        }

        @Override
        public void onFailure(StepContext context, Throwable reason) {
            execution.failed(reason);
        }
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
    }
}
