package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.source.SourceFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sources of one project, parsed when first asked for. One thread. */
final class Sources {

    private static final int MAX_FILES = 3_000;
    private static final List<String> ENDINGS =
            List.of("", ".ts", ".tsx", ".js", ".mjs", ".cjs", ".mts", "/index.ts", "/index.js");

    private final SourceFiles files;
    private final Map<String, Optional<SourceUnit>> parsed = new HashMap<>();

    Sources(SourceFiles files) {
        this.files = files;
    }

    Optional<SourceUnit> unit(String path) {
        Optional<SourceUnit> known = parsed.get(path);
        if (known == null) {
            known = files.read(path).flatMap(bytes -> SourceUnit.parse(path, bytes));
            parsed.put(path, known);
        }
        return known;
    }

    /** Returns the file a relative import means. */
    Optional<SourceUnit> imported(SourceUnit from, String specifier) {
        if (!specifier.startsWith(".")) {
            return Optional.empty();
        }
        int slash = from.path.lastIndexOf('/');
        String folder = slash < 0 ? "" : from.path.substring(0, slash);
        String base = normal(folder.isEmpty() ? specifier : folder + "/" + specifier);
        for (String ending : ENDINGS) {
            for (String candidate : List.of(base + ending, base.replaceFirst("\\.(js|mjs|cjs)$", ".ts"))) {
                Optional<SourceUnit> unit = unit(candidate);
                if (unit.isPresent()) {
                    return unit;
                }
            }
        }
        return Optional.empty();
    }

    private static String normal(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")
                    && !parts.isEmpty()
                    && !parts.get(parts.size() - 1).equals("..")) {
                parts.remove(parts.size() - 1);
            } else if (!part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** Returns all files that hold a word, the given one first. */
    List<SourceUnit> holding(String word, SourceUnit first) {
        List<SourceUnit> units = new ArrayList<>(List.of(first));
        List<String> all = files.list();
        for (String path : all.subList(0, Math.min(all.size(), MAX_FILES))) {
            boolean same = path.equals(first.path) || first.path.endsWith("/" + path);
            if (!same && files.read(path).filter(b -> contains(b, word)).isPresent()) {
                unit(path).ifPresent(units::add);
            }
        }
        return units;
    }

    private static boolean contains(byte[] bytes, String word) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8).contains(word);
    }
}
