package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tests that use an edited definition.
 *
 * <p>A use inside a test file belongs to the test whose lines hold it, or to all tests of the file when it stands above the first. A use in any
 * other file (a page object, a helper) belongs to every test whose file imports that file, directly or not. So the answer errs on the side
 * of running too many tests, never too few. Immutable.
 */
public final class DefinitionUsers {

    private static final Pattern IMPORT = Pattern.compile(
            "(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*|\\brequire\\s*\\(\\s*)['\"](\\.{1,2}/[^'\"\\n]+|\\.{1,2})['\"]");
    private static final List<String> ENDINGS =
            List.of("", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", "/index.ts", "/index.js");

    private final Map<String, List<TestLine>> testsByFile;
    private final Map<String, Set<String>> importers;

    /**
     * A test in a source file.
     *
     * @param id Playwright's own id
     * @param file relative to the project folder, with {@code /}
     * @param line first line, from 1
     */
    public record TestLine(String id, String file, int line) {}

    private DefinitionUsers(Map<String, List<TestLine>> testsByFile, Map<String, Set<String>> importers) {
        this.testsByFile = testsByFile;
        this.importers = importers;
    }

    /** Reads the imports of all sources once. */
    public static DefinitionUsers of(List<TestLine> tests, SourceFiles sources) {
        Map<String, List<TestLine>> byFile = new TreeMap<>();
        for (TestLine test : tests) {
            byFile.computeIfAbsent(test.file(), file -> new ArrayList<>()).add(test);
        }
        byFile.values().forEach(list -> list.sort(Comparator.comparingInt(TestLine::line)));

        Set<String> known = new LinkedHashSet<>(sources.list());
        Map<String, Set<String>> importers = new HashMap<>();
        for (String file : known) {
            String text = sources.read(file)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            for (Matcher matcher = IMPORT.matcher(text); matcher.find(); ) {
                String target = resolve(file, matcher.group(1));
                for (String ending : ENDINGS) {
                    String candidate = target + ending;
                    // TypeScript's ESM style names the file that will be emitted: './page.js' is page.ts.
                    String source = candidate.replaceFirst("\\.([cm]?)js$", ".$1ts");
                    String found = known.contains(candidate) ? candidate : source;
                    if (known.contains(found)) {
                        importers
                                .computeIfAbsent(found, f -> new LinkedHashSet<>())
                                .add(file);
                        break;
                    }
                }
            }
        }
        return new DefinitionUsers(byFile, importers);
    }

    /** Returns the path an import names, relative to the project; {@code ..} above it yields a name no file has. */
    private static String resolve(String file, String target) {
        List<String> parts = new ArrayList<>(List.of(file.split("/")));
        parts.remove(parts.size() - 1);
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return "..";
                }
                parts.remove(parts.size() - 1);
            } else if (!part.equals(".") && !part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /**
     * Returns the ids of the tests that use one of these places, each once, in the order of the files and lines.
     *
     * @param places uses of a definition, files relative to the project folder
     */
    public List<String> testsAt(List<CallSite> places) {
        Set<String> ids = new LinkedHashSet<>();
        for (CallSite place : places) {
            List<TestLine> inFile = testsByFile.getOrDefault(place.file(), List.of());
            if (inFile.isEmpty()) {
                importing(place.file())
                        .forEach(file ->
                                testsByFile.getOrDefault(file, List.of()).forEach(test -> ids.add(test.id())));
            } else {
                holding(inFile, place.line()).forEach(test -> ids.add(test.id()));
            }
        }
        return List.copyOf(ids);
    }

    /** Tests of several projects share a line, and parametrised tests do too. */
    private static List<TestLine> holding(List<TestLine> tests, int line) {
        int start = tests.stream()
                .mapToInt(TestLine::line)
                .filter(first -> first <= line)
                .max()
                .orElse(0);
        return start == 0
                ? tests
                : tests.stream().filter(test -> test.line() == start).toList();
    }

    private Set<String> importing(String file) {
        Set<String> all = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(file));
        while (!open.isEmpty()) {
            for (String importer : importers.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (all.add(importer)) {
                    open.add(importer);
                }
            }
        }
        return all;
    }
}
