package io.evenkeel.pipeline.playwright;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The user's own command that runs Playwright, exactly as it would be typed.
 *
 * <p>Immutable.
 *
 * @param words program and arguments, for example {@code npx playwright test --project=desktop}; never empty
 * @param folder where it is typed
 * @param environment variables set in addition to those of this process; an empty value is an empty variable
 */
public record RunCommand(List<String> words, Path folder, Map<String, String> environment) {

    public RunCommand {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "The words of a command must not be empty.\nMaybe the command after \"--\" is missing.");
        }
        words = List.copyOf(words);
        folder = folder.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** Returns a command without variables of its own. */
    public static RunCommand of(Path folder, String... words) {
        return new RunCommand(List.of(words), folder, Map.of());
    }

    /** Returns the same command with other words. */
    public RunCommand withWords(List<String> others) {
        return new RunCommand(others, folder, environment);
    }

    /** Returns the same command with more variables; these win over those that are there. */
    public RunCommand withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new RunCommand(words, folder, all);
    }

    /** Returns the same command typed in another folder. */
    public RunCommand in(Path other) {
        return new RunCommand(words, other, environment);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
