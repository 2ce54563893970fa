package io.evenkeel.jenkins.executor;

import hudson.model.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.support.steps.AgentErrorCondition;

/**
 * Why a step has no result of its own: its agent, or the process there, is lost.
 *
 * <p>{@code retry(conditions: [agent()])} and the block {@code evenkeel} take it as a reason to run the share elsewhere. Immutable.
 */
public final class AgentLost extends CauseOfInterruption implements AgentErrorCondition.Retryable {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final long sinceMillis;

    private AgentLost(String description, Instant since) {
        this.description = description;
        this.sinceMillis = since.toEpochMilli();
    }

    @Override
    public String getShortDescription() {
        return description;
    }

    /** Returns what ends a step with a result for builds in which nobody runs the share again. */
    static FlowInterruptedException exception(Result result, String description, Instant since) {
        return new FlowInterruptedException(result, false, new AgentLost(description, since));
    }

    /** Returns the reason with the time of the loss, if it is one that whoever removes agents gives; others as they are. */
    static Throwable added(Throwable reason, String description, Instant since) {
        if (!(reason instanceof FlowInterruptedException interruption)
                || since(reason).isPresent()
                || interruption.getCauses().stream().noneMatch(AgentErrorCondition.Retryable.class::isInstance)) {
            return reason;
        }
        List<CauseOfInterruption> causes = new ArrayList<>(interruption.getCauses());
        causes.add(new AgentLost(description, since));
        return new FlowInterruptedException(
                interruption.getResult(),
                interruption.isActualInterruption(),
                causes.toArray(new CauseOfInterruption[0]));
    }

    /** Returns since when a step had lost its agent; empty when that is not why it has ended. */
    public static Optional<Instant> since(Throwable reason) {
        return reason instanceof FlowInterruptedException interruption
                ? interruption.getCauses().stream()
                        .filter(AgentLost.class::isInstance)
                        .map(cause -> Instant.ofEpochMilli(((AgentLost) cause).sinceMillis))
                        .findFirst()
                : Optional.empty();
    }
}
