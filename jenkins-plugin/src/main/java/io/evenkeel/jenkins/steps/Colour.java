package io.evenkeel.jenkins.steps;

import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Makes a step and its build yellow, as {@code junit} and {@code unstable} do. */
final class Colour {

    private Colour() {}

    static void unstable(StepContext context, Run<?, ?> run, String why) throws IOException, InterruptedException {
        FlowNode node = context.get(FlowNode.class);
        if (node != null) {
            node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(why));
        }
        run.setResult(Result.UNSTABLE);
    }
}
