package io.evenkeel.cli;

import io.evenkeel.pipeline.job.SplitMode;
import io.evenkeel.pipeline.split.Strategy;
import picocli.CommandLine.Option;

/** How the tests come to the executors, for the commands that run them. */
final class SplitOptions {

    @Option(
            names = "--mode",
            paramLabel = "<mode>",
            defaultValue = "static",
            description =
                    "static: each executor has its share before the run. dynamic: each takes the next group from a queue while the run goes on, so slow, late and dead machines cost little. Default: ${DEFAULT-VALUE}.")
    private String mode = "static";

    @Option(
            names = "--strategy",
            paramLabel = "<name>",
            defaultValue = "duration",
            description =
                    "duration: the last executor ends as early as possible. failure-first: the same, and what failed lately runs first. round-robin: by turns, whatever the durations. Default: ${DEFAULT-VALUE}.")
    private String strategy = "duration";

    SplitMode mode() {
        return new SplitMode(SplitMode.Kind.of(mode), strategy());
    }

    Strategy strategy() {
        return Strategy.of(strategy);
    }
}
