package io.evenkeel.healing.source;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Port through which the test sources of a project are read.
 *
 * <p>Implementations are thread-safe and answer from one state of the sources.
 */
public interface SourceFiles {

    /**
     * Returns the exact bytes of a file.
     *
     * @param path as a report or an import names it: absolute, or relative to the project; forward slashes
     * @return empty if there is no such file inside the project or it may not be read
     */
    Optional<byte[]> read(String path);

    /** Returns the one name of a file that can be reached by several, through symbolic links; by default the path itself. */
    default String canonical(String path) {
        return path;
    }

    /**
     * Returns the paths of all test sources ({@code .ts}, {@code .js}, {@code .java}, {@code .py}...), each once, in a stable
     * order, without dependencies and build output. Used to count the users of a definition.
     */
    List<String> list();

    /** Returns sources held in memory; a path is found by its exact name or, if it is absolute, by a known path it ends with. */
    static SourceFiles of(Map<String, byte[]> files) {
        Map<String, byte[]> copy = new TreeMap<>(files);
        return new SourceFiles() {
            @Override
            public Optional<byte[]> read(String path) {
                return Optional.ofNullable(copy.get(canonical(path))).map(byte[]::clone);
            }

            @Override
            public String canonical(String path) {
                String wanted = path.replace('\\', '/');
                return copy.containsKey(wanted)
                        ? wanted
                        : copy.keySet().stream()
                                .filter(known -> wanted.endsWith("/" + known))
                                .max(Comparator.comparingInt(String::length))
                                .orElse(wanted);
            }

            @Override
            public List<String> list() {
                return List.copyOf(copy.keySet());
            }
        };
    }

    /** Returns sources of which nothing is known: heals then end as suggestions without an edit. */
    static SourceFiles none() {
        return of(Map.of());
    }
}
