package io.evenkeel.pipeline.report;

import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.MalformedEventException;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the spools of a folder. One thread. */
public final class SpoolFiles {

    private static final String SUFFIX = ".ndjson";
    private static final int MAX_LINE = 64 << 20;
    private static final long MAX_BYTES = 16L << 30;

    private SpoolFiles() {}

    /**
     * Returns the spools of a folder, sorted by name; empty when the folder is missing.
     *
     * @throws IOException when the folder cannot be read
     */
    public static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(SUFFIX))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /** Returns the spool id of a spool file. */
    public static String id(Path spool) {
        String name = spool.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /**
     * Reads a spool line by line. A last line without newline is a cut write and ignored, a line that is no event is
     * counted, and a line whose number was there already is skipped.
     *
     * @return what was wrong with the spool in one sentence, empty when nothing was
     * @throws IOException when the file cannot be read
     */
    public static Optional<String> read(Path spool, Consumer<SpoolEvent> events) throws IOException {
        List<String> wrong = new ArrayList<>();
        int malformed = 0;
        long last = 0;
        long gaps = 0;
        try (InputStream in = Files.newInputStream(spool)) {
            BoundedLines lines = new BoundedLines(in, MAX_LINE, MAX_BYTES);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!lines.complete()) {
                    break;
                }
                try {
                    SpoolEvent event = EventJson.read(line.get());
                    if (event.seq() > last) {
                        gaps += event.seq() - last - 1;
                        last = event.seq();
                        events.accept(event);
                    }
                } catch (MalformedEventException e) {
                    malformed++;
                }
            }
        } catch (RefusedFileException e) {
            wrong.add(e.getMessage() + "; the rest was not read");
        }
        if (malformed > 0) {
            wrong.add(malformed + (malformed == 1 ? " line is" : " lines are") + " no event");
        }
        if (gaps > malformed) {
            wrong.add((gaps - malformed) + " events are missing");
        }
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of("Spool " + spool.getFileName() + ": " + String.join(", ", wrong) + ".");
    }
}
