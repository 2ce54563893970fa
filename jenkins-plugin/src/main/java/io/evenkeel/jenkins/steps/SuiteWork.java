package io.evenkeel.jenkins.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import io.evenkeel.jenkins.config.EvenkeelSettings;
import io.evenkeel.jenkins.executor.CommandWords;
import io.evenkeel.jenkins.executor.ToolCall;
import io.evenkeel.jenkins.executor.ToolPlace;
import io.evenkeel.jenkins.results.BuildFiles;
import io.evenkeel.jenkins.results.SuiteName;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The suite a step works on and the user's command: what plan, run and report have in common.
 *
 * <p>Immutable; no record, because it is stored with running builds.
 */
final class SuiteWork implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where the files of a run lie in the workspace, see docs/reference/files.md. */
    static final String FOLDER = ".evenkeel";

    private final @Nullable String suite;
    private final @Nullable String command;

    SuiteWork(@Nullable String suite, @Nullable String command) {
        this.suite = suite;
        this.command = command;
    }

    /** Returns the suite: the step's own, else that of the block around it. */
    SuiteName suite(EnvVars environment) {
        return SuiteName.of(suite == null ? environment.get("EVENKEEL_SUITE") : suite);
    }

    BuildFiles files(ToolPlace place) {
        return BuildFiles.of(place.run(), suite(place.environment()));
    }

    static FilePath folder(ToolPlace place) {
        return place.workspace().child(FOLDER);
    }

    /**
     * Returns a call of the jar for the suite.
     *
     * @param options the command and its options
     * @throws AbortException when the user's command or the credentials cannot be used
     */
    ToolCall call(ToolPlace place, List<String> options) throws AbortException {
        EvenkeelSettings settings = EvenkeelSettings.of(place.run().getParent());
        List<String> arguments = new ArrayList<>(options);
        arguments.add("--");
        arguments.addAll(words(settings));
        return new ToolCall(arguments, environment(place, settings), settings.token(place.run()));
    }

    /** Returns a call that needs no command of the user. */
    ToolCall bareCall(ToolPlace place, List<String> options) throws AbortException {
        EvenkeelSettings settings = EvenkeelSettings.of(place.run().getParent());
        return new ToolCall(options, environment(place, settings), settings.token(place.run()));
    }

    private List<String> words(EvenkeelSettings settings) throws AbortException {
        try {
            return CommandWords.split(command == null ? settings.command() : command);
        } catch (IllegalArgumentException e) {
            throw new AbortException("Evenkeel: " + e.getMessage());
        }
    }

    private Map<String, String> environment(ToolPlace place, EvenkeelSettings settings) throws AbortException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("EVENKEEL_RUN", suite(place.environment()).runKey(place.run()));
        // What a shell of the build may have set would put the files where nobody looks for them.
        environment.put("EVENKEEL_DIR", "");
        environment.put("EVENKEEL_PLAN", "");
        if (!settings.coordinator().url().isEmpty()) {
            environment.put("EVENKEEL_URL", settings.coordinator().url());
            environment.put("EVENKEEL_TOKEN", settings.token(place.run()));
        }
        return environment;
    }

    static String secret(ToolPlace place) throws AbortException {
        return EvenkeelSettings.of(place.run().getParent()).token(place.run());
    }

    /** Gives the workspace the durations that every executor of this build plans with, and no older ones. */
    void bringTimings(ToolPlace place) throws IOException, InterruptedException {
        Optional<Path> timings = files(place).chooseTimings(place.run(), suite(place.environment()));
        bring(place, timings, "timings.json");
    }

    /** Gives the workspace the plan of this build, and no older one. */
    void bringPlan(ToolPlace place) throws IOException, InterruptedException {
        Path plan = files(place).plan();
        bring(place, Files.isRegularFile(plan) ? Optional.of(plan) : Optional.empty(), "plan.json");
    }

    private static void bring(ToolPlace place, Optional<Path> source, String name)
            throws IOException, InterruptedException {
        FilePath target = folder(place).child(name);
        if (source.isEmpty()) {
            target.delete();
            return;
        }
        folder(place).mkdirs();
        new FilePath(source.get().toFile()).copyTo(target);
    }
}
