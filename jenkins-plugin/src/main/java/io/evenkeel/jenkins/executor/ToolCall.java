package io.evenkeel.jenkins.executor;

import java.util.List;
import java.util.Map;

/**
 * One call of {@code evenkeel.jar}.
 *
 * <p>Immutable; its text does not show the environment, which holds the token.
 *
 * @param arguments the command and its options
 * @param environment variables besides those of the step
 * @param secret text that must not get into the log, empty for none
 */
public record ToolCall(List<String> arguments, Map<String, String> environment, String secret) {

    public ToolCall {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "evenkeel " + String.join(" ", arguments);
    }
}
