package io.evenkeel.pipeline.client;

import java.time.Duration;

/**
 * How long the coordinator may take.
 *
 * @param beginning what all requests before the tests may cost together
 * @param ending what all requests after the tests may cost together
 * @param background limit of a request nobody waits for
 * @param slow what the requests of a queue may cost on top, together, while the coordinator has answered and is slow: an agent that goes on without it runs
 *     what the others run too
 */
public record ClientSettings(Duration beginning, Duration ending, Duration background, Duration slow) {

    /** 3 s before and 2 s after the tests, 5 s in all; 15 s for what happens while tests run; 30 s for a queue that is slow. */
    public static ClientSettings standard() {
        return new ClientSettings(
                Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }
}
