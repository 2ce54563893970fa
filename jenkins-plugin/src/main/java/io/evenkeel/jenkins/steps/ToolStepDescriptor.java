package io.evenkeel.jenkins.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.evenkeel.jenkins.executor.CommandWords;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the descriptors of the steps that start the jar have in common. */
public abstract class ToolStepDescriptor extends StepDescriptor {

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
    }

    @POST
    public FormValidation doCheckCommand(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
        check(item);
        try {
            List<String> words = CommandWords.split(Util.fixNull(value));
            return words.contains("--shard") || words.stream().anyMatch(word -> word.startsWith("--shard="))
                    ? FormValidation.error("Leave --shard out: Evenkeel chooses the tests of each shard.")
                    : FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Forms of steps are opened in the Snippet Generator of a job, or of Jenkins itself. */
    static void check(@Nullable Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.READ);
        } else {
            item.checkPermission(Item.EXTENDED_READ);
        }
    }

    static FormValidation shards(int value) {
        return value < 1 || value > Shard.MOST
                ? FormValidation.error("Give a number from 1 to " + Shard.MOST + ".")
                : FormValidation.ok();
    }
}
