package io.evenkeel.cli;

import io.evenkeel.healing.Destructive;
import io.evenkeel.pipeline.job.LiveMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether broken locators are healed while tests run, for the commands that run them. */
final class LiveOptions {

    @Option(
            names = "--heal",
            paramLabel = "<when>",
            defaultValue = "off",
            description =
                    "live: a click, fill or the like that finds no element may go on with another locator, if the reference of a passing run (evenkeel learn) leaves no doubt. Such a test is marked healed, never plain passed; assertions are never touched. off: it fails, and evenkeel heal looks at it after the run. Default: ${DEFAULT-VALUE}.")
    private String heal = "off";

    /**
     * Returns the mode.
     *
     * @param directory folder of the project
     * @throws UsageException when there is no such mode
     */
    LiveMode mode(Path directory, Settings settings) {
        return switch (heal) {
            case "off" -> LiveMode.OFF;
            case "live" -> new LiveMode.On(directory, Destructive.SHIPPED.with(names(settings)));
            default -> throw new UsageException("--heal (" + heal + ") must be live or off.");
        };
    }

    private static List<String> names(Settings settings) {
        Optional<String> listed = settings.value("EVENKEEL_HEAL_DESTRUCTIVE");
        return listed.map(text -> List.of(text.split(",", -1))).orElse(List.of());
    }
}
