package io.evenkeel.coordinator;

import io.evenkeel.coordinator.policy.ProjectPolicy;
import io.evenkeel.flaky.quarantine.QuarantinePolicy;
import io.evenkeel.flaky.rate.FlakyThreshold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The thresholds of a project on the command line; what is not named stays as it is. One thread. */
final class PolicyOptions {

    @Option(
            names = "--flaky-from",
            paramLabel = "SHARE",
            description = {
                "Flake rate from which a test is called flaky, for example 0.05; rarer flakes are not excused as known.",
                "0 calls every test flaky that the evidence marks; that is how a project begins."
            })
    private Optional<Double> flakyFrom = Optional.empty();

    @Option(
            names = "--window-days",
            paramLabel = "DAYS",
            description =
                    "Tests whose last flake is older are not listed as flaky, at most 366; 0 lists them for ever.")
    private Optional<Integer> windowDays = Optional.empty();

    @Option(
            names = "--quarantine-from",
            paramLabel = "SHARE",
            description = "Flake rate a test must surely have before quarantine is advised; begins as 0.01.")
    private Optional<Double> quarantineFrom = Optional.empty();

    @Option(
            names = "--quarantine-share",
            paramLabel = "SHARE",
            description = "Part of the suite that may be quarantined at once; begins as 0.05, 1 sets no limit.")
    private Optional<Double> quarantineShare = Optional.empty();

    @Option(
            names = "--quarantine-days",
            paramLabel = "DAYS",
            description = "How long a quarantine lasts unless told otherwise, 1 to 30; begins as 14.")
    private Optional<Integer> quarantineDays = Optional.empty();

    @Option(
            names = "--release-tolerance",
            paramLabel = "SHARE",
            description = "Flake rate a released test may have at most: 0.1, 0.05, 0.02 (as it begins) and 0.01 ask for"
                    + " 29, 59, 149 and 299 clean runs.")
    private Optional<Double> releaseTolerance = Optional.empty();

    /**
     * Returns the policy with what was named.
     *
     * @throws IllegalArgumentException when a value is out of range
     */
    ProjectPolicy changed(ProjectPolicy now) {
        QuarantinePolicy quarantine = now.quarantine();
        return new ProjectPolicy(
                new FlakyThreshold(flakyFrom.orElse(now.flaky().leastRate())),
                windowDays.orElse(now.windowDays()),
                new QuarantinePolicy(
                        releaseTolerance.orElse(quarantine.tolerance()),
                        quarantineFrom.orElse(quarantine.leastRate()),
                        quarantineShare.orElse(quarantine.mostShare()),
                        quarantineDays.map(Duration::ofDays).orElse(quarantine.expiry())));
    }

    static List<String> lines(ProjectPolicy policy) {
        QuarantinePolicy quarantine = policy.quarantine();
        return List.of(
                "flaky-from\t" + policy.flaky().leastRate(),
                "window-days\t" + policy.windowDays(),
                "quarantine-from\t" + quarantine.leastRate(),
                "quarantine-share\t" + quarantine.mostShare(),
                "quarantine-days\t" + quarantine.expiry().toDays(),
                "release-tolerance\t" + quarantine.tolerance());
    }
}
