package io.evenkeel.pipeline.job;

import io.evenkeel.healing.json.ReferenceJson;
import io.evenkeel.healing.reference.ReferenceBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of what was learned from passing runs. */
final class ReferencesFile {

    private ReferencesFile() {}

    /** Reads the file; a missing or damaged one is an empty book. */
    static ReferenceBook read(WorkFolder folder, People people) throws IOException {
        Path file = folder.references();
        if (!Files.isRegularFile(file)) {
            return ReferenceBook.EMPTY;
        }
        try {
            return ReferenceJson.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            people.warn("The references in " + file + " cannot be used (" + e.getMessage()
                    + "). Delete the file and run evenkeel learn again.");
            return ReferenceBook.EMPTY;
        }
    }
}
