package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.tree.Language;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sources of one project, parsed when first asked for. One thread. */
final class Sources {

    private static final int MAX_FILES = 3_000;
    private static final int MAX_REACH = 4;

    private final SourceFiles files;
    private final List<Language> languages;
    private final Map<String, Optional<SourceUnit>> parsed = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<SourceUnit>> imports = new HashMap<>();

    Sources(SourceFiles files, List<Language> languages) {
        this.files = files;
        this.languages = List.copyOf(languages);
    }

    Optional<Language> language(String path) {
        return languages.stream()
                .filter(l -> l.endings().stream().anyMatch(path::endsWith))
                .findFirst();
    }

    /** Returns the name under which a file is known here. */
    String path(String file) {
        return files.canonical(file);
    }

    Optional<SourceUnit> unit(String path) {
        String name = path(path);
        Optional<SourceUnit> known = parsed.get(name);
        if (known == null) {
            Optional<Language> language = language(name);
            known = language.isEmpty()
                    ? Optional.empty()
                    : files.read(name).flatMap(bytes -> SourceUnit.parse(name, bytes, language.get()));
            parsed.put(name, known);
        }
        return known;
    }

    /** Returns the file a module means. */
    Optional<SourceUnit> imported(SourceUnit from, String module) {
        for (String candidate : from.language().imported(module, from.path, files)) {
            Optional<SourceUnit> unit = unit(candidate);
            if (unit.isPresent()) {
                return unit;
            }
        }
        return Optional.empty();
    }

    /** Returns all files of one language that hold a word, the given one first. */
    List<SourceUnit> holding(String word, SourceUnit first) {
        List<SourceUnit> units = new ArrayList<>(List.of(first));
        List<String> all = files.list();
        for (String path : all.subList(0, Math.min(all.size(), MAX_FILES))) {
            boolean read = first.language().endings().stream().anyMatch(path::endsWith)
                    && text(path).contains(word);
            if (read) {
                unit(path).filter(u -> !units.contains(u)).ifPresent(units::add);
            }
        }
        return units;
    }

    private String text(String path) {
        return texts.computeIfAbsent(
                path,
                p -> files.read(p)
                        .map(b -> new String(b, StandardCharsets.UTF_8))
                        .orElse(""));
    }

    /** Returns those of the files that one imports, directly or through others; all of them if it imports none. */
    List<SourceUnit> near(SourceUnit from, List<SourceUnit> units) {
        List<SourceUnit> near = new ArrayList<>();
        List<SourceUnit> reached = new ArrayList<>(List.of(from));
        int done = 0;
        for (int depth = 0; depth < MAX_REACH; depth++) {
            int end = reached.size();
            for (; done < end; done++) {
                for (SourceUnit next : importsOf(reached.get(done))) {
                    if (!reached.contains(next)) {
                        reached.add(next);
                    }
                }
            }
        }
        units.stream().filter(reached::contains).forEach(near::add);
        return near.isEmpty() ? units : near;
    }

    private List<SourceUnit> importsOf(SourceUnit unit) {
        List<SourceUnit> known = imports.get(unit.path);
        if (known == null) {
            List<String> modules = new ArrayList<>();
            unit.outline().bindings.forEach(b -> modules.add(b.source().module()));
            unit.outline().exports.forEach(e -> modules.add(e.from().module()));
            known = modules.stream()
                    .filter(m -> !m.isEmpty())
                    .distinct()
                    .flatMap(m -> imported(unit, m).stream())
                    .toList();
            imports.put(unit.path, known);
        }
        return known;
    }
}
