package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.estimate.json.TimingsFileException;
import io.evenkeel.pipeline.estimate.json.TimingsJson;
import java.nio.file.Files;

/** Reads {@code timings.json}; a file that cannot be used costs balance, never a run. */
final class TimingsFile {

    private TimingsFile() {}

    static Timings read(WorkFolder folder, People people) {
        if (!Files.isRegularFile(folder.timings())) {
            return Timings.none("");
        }
        try {
            return TimingsJson.read(folder.timings());
        } catch (TimingsFileException e) {
            people.warn(String.valueOf(e.getMessage()));
            return Timings.none("");
        }
    }
}
