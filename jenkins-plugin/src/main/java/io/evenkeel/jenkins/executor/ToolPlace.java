package io.evenkeel.jenkins.executor;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;

/**
 * Where a call of the jar happens.
 *
 * <p>Holds live connections: made anew after a restart, never stored.
 *
 * @param run the build
 * @param workspace folder of the Playwright project on the executor
 * @param launcher starts processes there
 * @param environment variables of the step
 * @param listener the build's log
 */
public record ToolPlace(
        Run<?, ?> run, FilePath workspace, Launcher launcher, EnvVars environment, TaskListener listener) {

    /** Prints a line for the people who read the log. */
    public void say(String line) {
        listener.getLogger().println("[Evenkeel] " + line);
    }
}
