package io.evenkeel.pipeline.playwright;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user's command, seen as a way to start Playwright with some more options and our reporter.
 *
 * <p>Where the words {@code playwright test} stand in the command, options are put at its end. Where a script starts
 * Playwright ({@code npm test}, {@code make e2e}), no argument can be relied on to arrive, so a preload hands them over inside of
 * the process. Immutable.
 */
public final class PlaywrightCommand {

    private static final Set<String> PROGRAMS = Set.of("playwright", "playwright.cmd", "cli.js");

    /** Options of the user that contradict ours, with the reason. */
    private static final Map<String, String> REFUSED = Map.of(
            "--shard",
                    "Evenkeel splits the suite itself; remove it and say how many shares there are with EVENKEEL_SHARD",
            "--last-failed", "Evenkeel chooses the tests itself; remove it and use \"evenkeel rerun\" for what failed",
            "--ui", "the UI mode is for people, not for executors; remove it",
            "--ui-host", "the UI mode is for people, not for executors; remove it",
            "--ui-port", "the UI mode is for people, not for executors; remove it",
            "--debug", "the inspector waits for people; remove it",
            "--list", "nothing would run; remove it and use \"evenkeel plan\" to see the tests");

    private final RunCommand command;

    public PlaywrightCommand(RunCommand command) {
        this.command = command;
    }

    /** Returns one line for the first option of the user that cannot work here, empty when there is none. */
    public Optional<String> refusal() {
        for (String word : command.words()) {
            if (word.equals("--")) {
                continue;
            }
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            String reason = REFUSED.get(option);
            if (reason != null) {
                return Optional.of("The option " + option + " cannot be used here: " + reason + ".");
            }
        }
        return Optional.empty();
    }

    /** Returns whether Playwright itself stands in the command, so that options can simply be added. */
    public boolean isDirect() {
        return test() >= 0;
    }

    /**
     * Returns the command that runs Playwright with our reporter.
     *
     * @param adapters our scripts
     * @param options further options of Playwright; they win over the user's
     * @param inherited environment of this process, to chain what the user has set already
     */
    public RunCommand with(Adapters adapters, List<String> options, Map<String, String> inherited) {
        Map<String, String> environment = new HashMap<>();
        Map<String, String> before = new HashMap<>(inherited);
        before.putAll(command.environment());
        environment.put("PW_TEST_REPORTER", adapters.reporter().toString());
        String chained = before.getOrDefault("PW_TEST_REPORTER", "");
        if (!chained.isEmpty() && !Path.of(chained).endsWith("evenkeel-reporter.cjs")) {
            environment.put("EVENKEEL_CHAIN_REPORTER", chained);
        }
        environment.put("EVENKEEL_AGENT", "1");
        environment.put("EVENKEEL_PROJECT_DIR", command.folder().toString());
        if (command.environment().containsKey("EVENKEEL_HEAL")) {
            environment.putAll(preloading(adapters, inherited));
        }
        if (options.isEmpty()) {
            return command.withEnvironment(environment);
        }
        if (isDirect()) {
            return command.withWords(appended(options)).withEnvironment(environment);
        }
        environment.put("EVENKEEL_OPTIONS", json(options));
        environment.putAll(preloading(adapters, inherited));
        return command.withEnvironment(environment);
    }

    /** Returns the variables that load our preload into Playwright, besides what the user loads already. */
    public Map<String, String> preloading(Adapters adapters, Map<String, String> inherited) {
        String before = command.environment().getOrDefault("NODE_OPTIONS", inherited.getOrDefault("NODE_OPTIONS", ""));
        return Map.of(
                "EVENKEEL_NODE_OPTIONS",
                before,
                "NODE_OPTIONS",
                (before + " --require " + quoted(adapters.preload())).strip());
    }

    private int test() {
        List<String> words = command.words();
        for (int i = 0; i + 1 < words.size(); i++) {
            String program = words.get(i).substring(words.get(i).lastIndexOf('/') + 1);
            if (PROGRAMS.contains(program) && words.get(i + 1).equals("test")) {
                return i + 1;
            }
        }
        return -1;
    }

    private List<String> appended(List<String> options) {
        List<String> words = new ArrayList<>(command.words());
        int end = words.subList(test(), words.size()).indexOf("--");
        words.addAll(end < 0 ? words.size() : test() + end, options);
        return words;
    }

    /** Node splits the variable at spaces unless they stand in double quotes. */
    private static String quoted(Path file) {
        return '"' + file.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String json(List<String> options) {
        try {
            return new ObjectMapper().writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
