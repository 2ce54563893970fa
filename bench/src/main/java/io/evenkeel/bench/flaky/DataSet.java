package io.evenkeel.bench.flaky;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files that belong together: same folder, same prefix.
 *
 * @param name the prefix, for example {@code ozone-ci}
 * @param files path by suffix, for example {@code verdicts}
 */
record DataSet(String name, Map<String, Path> files) {

    private static final List<String> SUFFIXES =
            List.of("truth-failures", "truth-tests", "verdicts", "rates", "runs", "jobs", "methods");

    /** Finds all data sets below a folder, sorted by folder and name. */
    static List<DataSet> findIn(Path folder) throws IOException {
        Map<String, DataSet> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                String file = path.getFileName().toString();
                String plain = file.endsWith(".csv.gz")
                        ? file.substring(0, file.length() - 7)
                        : file.endsWith(".csv") ? file.substring(0, file.length() - 4) : "";
                for (String suffix : SUFFIXES) {
                    if (plain.endsWith("-" + suffix)) {
                        String name = plain.substring(0, plain.length() - suffix.length() - 1);
                        String key = path.getParent() + "/" + name;
                        found.computeIfAbsent(key, k -> new DataSet(name, new TreeMap<>()))
                                .files()
                                .put(suffix, path);
                        break;
                    }
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    /** Returns whether the file is there and has this column: files of one suffix come in two formats. */
    boolean hasColumn(String suffix, String column) throws IOException {
        boolean[] found = {false};
        if (file(suffix).isPresent()) {
            Csv.readHeader(file(suffix).get(), columns -> found[0] = columns.contains(column));
        }
        return found[0];
    }

    Optional<Path> file(String suffix) {
        return Optional.ofNullable(files.get(suffix));
    }
}
