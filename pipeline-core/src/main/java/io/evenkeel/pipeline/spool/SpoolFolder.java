package io.evenkeel.pipeline.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder {@code .evenkeel/spool}.
 *
 * <p>A share usually has one spool, {@code <id>.ndjson}; when one share needs several runs of Playwright, the others are {@code <id>.2.ndjson} and so on.
 * Thread-safe.
 */
public record SpoolFolder(Path folder) {

    private static final String SUFFIX = ".ndjson";

    /** Returns the file of a spool, whether it exists or not. */
    public Path file(SpoolId id) {
        return folder.resolve(id.name() + SUFFIX);
    }

    /** Returns the spools of a share that exist, the first run first. */
    public List<Path> spoolsOf(SpoolId id) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(id.name()) + "((?:\\.\\d+)*)" + Pattern.quote(SUFFIX));
        return list(name);
    }

    /** Returns all spools, sorted by name. */
    public List<Path> all() throws IOException {
        return list(Pattern.compile(".+" + Pattern.quote(SUFFIX)));
    }

    private List<Path> list(Pattern name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> name.matcher(f.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(
                                    (Path f) -> f.getFileName().toString().length())
                            .thenComparing(Path::toString))
                    .toList();
        }
    }

    /** Returns the name of the spool in a file. */
    public static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
