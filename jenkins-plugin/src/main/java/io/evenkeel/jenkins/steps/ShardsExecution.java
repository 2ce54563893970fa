package io.evenkeel.jenkins.steps;

import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.evenkeel.jenkins.executor.AgentLost;
import io.evenkeel.jenkins.results.EvenkeelRunAction;
import io.evenkeel.jenkins.results.SuiteName;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.steps.AgentErrorCondition;

/**
 * Follows the bodies of {@link EvenkeelStep}, and runs the share of a lost agent again.
 *
 * <p>Everything here happens in the pipeline's own thread. The bodies resume by themselves after a restart of the controller; what is stored
 * of them here is what it takes to cancel them.
 *
 * <p>A body that is started later runs in the line of the pipeline that started the step, which the first shard occupies in the beginning: two
 * bodies at once in one line would destroy the pipeline's graph. So shares that are run again wait until that line is free, and follow each
 * other there.
 *
 * <p>With a queue nobody has to run the share of a lost agent again: the coordinator gives its tests to the other shards. Only when none of them
 * went on taking tests after the loss, one lost share is run again, then the next if that one is lost, too.
 */
final class ShardsExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    /** No shard is in the line of the step. */
    private static final int FREE = 0;

    private final int shards;
    private final String suite;
    private final boolean failFast;

    /** How often the share of a lost agent may still be run again, for each shard. */
    private final int[] retries;

    private final List<Integer> waiting = new ArrayList<>();

    /** Shards that have lost their agent and whose tests others should get from the queue, in the order of their losses. */
    private final List<LostShard> aside = new ArrayList<>();

    private final List<BodyExecution> bodies = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int inLine = 1;
    private int ended;
    private boolean cancelled;

    ShardsExecution(StepContext context, EvenkeelStep step) {
        super(context);
        this.shards = step.getShards();
        this.suite = SuiteName.of(step.getSuite()).title();
        this.failFast = step.isFailFast();
        this.retries = new int[shards];
        Arrays.fill(retries, step.getAgentRetries());
    }

    @Override
    public boolean start() throws Exception {
        warnAboutExecutors();
        for (int i = 1; i <= shards; i++) {
            run(i);
        }
        return false;
    }

    private void run(int shard) throws IOException, InterruptedException {
        StepContext context = getContext();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("EVENKEEL_SHARD", Shard.of(shard, shards).toString());
        variables.put("EVENKEEL_SUITE", suite);
        EnvironmentExpander outer = context.get(EnvironmentExpander.class);
        BodyInvoker invoker = context.newBodyInvoker();
        bodies.add(invoker.withContext(EnvironmentExpander.merge(outer, EnvironmentExpander.constant(variables)))
                .withDisplayName("Shard " + shard + " of " + shards)
                .withCallback(new Callback(this, shard))
                .start());
    }

    private void warnAboutExecutors() {
        int executors = Stream.of(Jenkins.get().getComputers())
                .filter(Computer::isOnline)
                .mapToInt(Computer::getNumExecutors)
                .sum();
        if (executors < shards) {
            say(shards + " shards, but Jenkins has " + executors
                    + " executors online now. The others wait for a free one, which makes the split worse"
                    + " than one with fewer shards, unless a cloud starts more agents.");
        }
    }

    @Override
    public void stop(Throwable cause) {
        cancel(cause);
        conclude();
    }

    private void cancel(Throwable cause) {
        cancelled = true;
        for (int i = 0; i < waiting.size() + aside.size(); i++) {
            ended++;
            failures.add(cause);
        }
        waiting.clear();
        aside.clear();
        for (BodyExecution body : List.copyOf(bodies)) {
            body.cancel(cause);
        }
    }

    private void succeeded(int shard) {
        ended++;
        leave(shard);
    }

    private void failed(int shard, Throwable reason) {
        boolean lost = !cancelled && lostAgent(reason);
        if (lost && queue().isPresent()) {
            aside.add(new LostShard(shard, AgentLost.since(reason).orElseGet(Instant::now), reason));
            say(name(shard) + " has lost its agent"
                    + (othersGoOn() ? ": the others get its tests from the queue." : "."));
        } else if (lost && retries[shard - 1] > 0) {
            retries[shard - 1]--;
            waiting.add(shard);
            say(name(shard) + " has lost its agent: its tests run again on another one"
                    + (inLine == FREE || inLine == shard ? "." : ", as soon as shard " + inLine + " is done."));
        } else {
            fail(reason);
        }
        leave(shard);
    }

    private void fail(Throwable reason) {
        ended++;
        failures.add(reason);
        if (failFast && !cancelled && ended < shards) {
            cancel(reason);
        }
    }

    private String name(int shard) {
        return "Shard " + shard + " of " + shards;
    }

    /** Returns what is known of the queue; empty when the shards have shares of a plan. */
    private Optional<EvenkeelRunAction> queue() {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            return run == null
                    ? Optional.empty()
                    : Optional.of(EvenkeelRunAction.of(run, SuiteName.of(suite)))
                            .filter(EvenkeelRunAction::isQueued);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The build cannot be reached", e);
        }
    }

    private boolean othersGoOn() {
        return ended + waiting.size() + aside.size() < shards;
    }

    /** When nobody is left who could take tests, says of each lost share whether somebody had them, and runs the first again that has nobody. */
    private void settle() {
        if (aside.isEmpty() || othersGoOn()) {
            return;
        }
        while (!aside.isEmpty() && waiting.isEmpty()) {
            LostShard lost = aside.remove(0);
            int shard = lost.shard();
            if (queue().map(queue -> queue.isQueueServedAfter(lost.since())).orElse(false)) {
                ended++;
                say("Other shards have taken from the queue what shard " + shard + " had not done.");
            } else if (retries[shard - 1] > 0) {
                retries[shard - 1]--;
                waiting.add(shard);
                say("No other shard has gone on taking tests since shard " + shard
                        + " has lost its agent: it runs again on another one.");
            } else {
                fail(lost.reason());
            }
        }
    }

    /** The conditions are those of {@code retry(conditions: [agent()])}. */
    private boolean lostAgent(Throwable reason) {
        try {
            return new AgentErrorCondition().test(reason, getContext());
        } catch (IOException | InterruptedException e) {
            reason.addSuppressed(e);
            return false;
        }
    }

    private void leave(int shard) {
        if (inLine == shard) {
            inLine = FREE;
        }
        settle();
        if (inLine == FREE && !waiting.isEmpty()) {
            inLine = waiting.remove(0);
            try {
                run(inLine);
            } catch (IOException | InterruptedException e) {
                ended++;
                failures.add(e);
                leave(inLine);
                return;
            }
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

    private void say(String line) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println("[Evenkeel] " + line);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The log of the build cannot be written", e);
        }
    }

    /** A shard that has lost its agent, since when, and what its body has ended with. No record, because it is stored with running builds. */
    private static final class LostShard implements Serializable {

        private static final long serialVersionUID = 1L;

        private final int shard;
        private final Instant since;
        private final Throwable reason;

        LostShard(int shard, Instant since, Throwable reason) {
            this.shard = shard;
            this.since = since;
            this.reason = reason;
        }

        int shard() {
            return shard;
        }

        Instant since() {
            return since;
        }

        Throwable reason() {
            return reason;
        }
    }

    /** Hears how one body ends. */
    private static final class Callback extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        private final ShardsExecution execution;
        private final int shard;

        Callback(ShardsExecution execution, int shard) {
            this.execution = execution;
            this.shard = shard;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.succeeded(shard);
        }

        @Override
        public void onFailure(StepContext context, Throwable reason) {
            execution.failed(shard, reason);
        }
    }
}
