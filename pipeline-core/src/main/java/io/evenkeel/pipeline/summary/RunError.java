package io.evenkeel.pipeline.summary;

import java.util.List;

/**
 * An error outside of any test: a file that cannot be loaded, a failed global set-up, a crashed worker.
 *
 * <p>Immutable.
 *
 * @param message free of ANSI sequences
 * @param place {@code file:line}, else empty
 * @param executors spool ids of the executors that reported it
 */
public record RunError(String message, String place, List<String> executors) {

    public RunError {
        executors = List.copyOf(executors);
    }
}
