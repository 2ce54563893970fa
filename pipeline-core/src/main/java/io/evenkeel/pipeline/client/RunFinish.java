package io.evenkeel.pipeline.client;

import java.util.List;

/**
 * How a run ended, over all executors.
 *
 * @param discovered tests that had to run
 * @param executed tests that ran
 * @param missing ids of those that did not
 * @param exitCode ours
 */
public record RunFinish(int discovered, int executed, List<String> missing, int exitCode) {

    public RunFinish {
        missing = List.copyOf(missing);
    }
}
