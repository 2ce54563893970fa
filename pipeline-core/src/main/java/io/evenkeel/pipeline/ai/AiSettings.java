package io.evenkeel.pipeline.ai;

import java.time.Duration;

/**
 * How a language model is asked.
 *
 * <p>Immutable.
 *
 * @param server where it is
 * @param model name of a model it has
 * @param mostCalls requests of one job of healing at most; cached answers do not count
 * @param limit after which one request is given up
 */
public record AiSettings(AiServer server, String model, int mostCalls, Duration limit) {

    public AiSettings {
        if (model.isBlank() || mostCalls < 0 || limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("The model (" + model + "), calls (" + mostCalls + ") and limit ("
                    + limit + ") of the AI must be a name, a number that is not negative and a positive time.");
        }
    }
}
