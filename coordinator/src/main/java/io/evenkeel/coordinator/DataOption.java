package io.evenkeel.coordinator;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option every command shares. One thread. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:EVENKEEL_DATA:-evenkeel-data}",
            description = {
                "Folder of database, artifacts and keys; created when missing. One coordinator at a time.",
                "Default: ${DEFAULT-VALUE} (EVENKEEL_DATA)."
            })
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path data;

    Path data() {
        return data;
    }
}
