package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tests that use a definition: those a use is written in, and those of files that import the file it is written in.
 *
 * <p>Imports are followed by their text; a test that imports a page object may not use the edited field, so there may be more than
 * needed. Reads sources through the port; thread-safe.
 */
public final class DefinitionUsers {

    private static final Pattern IMPORT =
            Pattern.compile("(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*|\\brequire\\s*\\(\\s*)['\"]([^'\"\\n]+)['\"]");
    private static final List<String> ENDINGS =
            List.of("", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs");

    private final Suite suite;
    private final Path project;
    private final SourceFiles sources;
    private final Map<String, Set<String>> importers;

    /**
     * @param project folder the files of patches and sources are relative to
     */
    public DefinitionUsers(Suite suite, Path project, SourceFiles sources) {
        this.suite = suite;
        this.project = project;
        this.sources = sources;
        this.importers = importers();
    }

    /**
     * Returns tests that use what a patch edits, by id, with their titles.
     *
     * @param except ids that are not wanted, for example those that failed in the run
     * @param most number of tests at most; then each file has its turn, so that few of many files are seen rather than many of one
     */
    public Map<String, String> of(Patch patch, Set<String> except, int most) {
        Map<String, List<SuiteTest>> byFile = new LinkedHashMap<>();
        for (CallSite site : patch.definition().users()) {
            for (SuiteTest test : users(site)) {
                if (!except.contains(test.id())) {
                    byFile.computeIfAbsent(test.place().file(), f -> new ArrayList<>())
                            .add(test);
                }
            }
        }
        Map<String, String> chosen = new LinkedHashMap<>();
        boolean more = true;
        for (int turn = 0; more && chosen.size() < most; turn++) {
            more = false;
            for (List<SuiteTest> tests : byFile.values()) {
                if (turn < tests.size() && chosen.size() < most) {
                    chosen.put(tests.get(turn).id(), tests.get(turn).display());
                    more = true;
                }
            }
        }
        return chosen;
    }

    /** Returns the ids of the tests before this one in its serial block, in order: it does not run rightly without them. */
    public List<String> companions(String id) {
        for (SuiteTest test : suite.tests()) {
            if (test.id().equals(id) && test.place().mode().equals("serial")) {
                return suite.tests().stream()
                        .filter(other -> other.group().equals(test.group())
                                && other.project().equals(test.project())
                                && other.place().mode().equals("serial"))
                        .map(SuiteTest::id)
                        .takeWhile(other -> !other.equals(id))
                        .toList();
            }
        }
        return List.of();
    }

    private List<SuiteTest> users(CallSite site) {
        String file = relative(site.file());
        List<SuiteTest> here =
                suite.tests().stream().filter(test -> file(test).equals(file)).toList();
        if (!here.isEmpty()) {
            int line = here.stream()
                    .mapToInt(test -> test.place().line())
                    .filter(l -> l <= site.line())
                    .max()
                    .orElse(0);
            return here.stream()
                    .filter(test -> line == 0 || test.place().line() == line)
                    .toList();
        }
        Set<String> reached = reach(file);
        return suite.tests().stream()
                .filter(test -> reached.contains(file(test)))
                .toList();
    }

    private Set<String> reach(String file) {
        Set<String> seen = new LinkedHashSet<>(Set.of(file));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (String importer : importers.getOrDefault(open.removeFirst(), Set.of())) {
                if (seen.add(importer)) {
                    open.add(importer);
                }
            }
        }
        return seen;
    }

    private Map<String, Set<String>> importers() {
        Set<String> files = new HashSet<>();
        sources.list().forEach(file -> files.add(relative(file)));
        Map<String, Set<String>> result = new HashMap<>();
        for (String file : sources.list()) {
            String text = sources.read(file)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            Matcher matcher = IMPORT.matcher(text);
            while (matcher.find()) {
                for (String imported : resolve(relative(file), matcher.group(1), files)) {
                    result.computeIfAbsent(imported, i -> new LinkedHashSet<>()).add(relative(file));
                }
            }
        }
        return result;
    }

    private static List<String> resolve(String from, String specifier, Set<String> files) {
        if (specifier.startsWith(".")) {
            Path target = Path.of("/" + from).resolveSibling(specifier).normalize();
            String base = target.toString().replace('\\', '/').substring(1);
            String bare = base.replaceFirst("\\.[mc]?js$", ""); // TypeScript imports "./page.js" and means page.ts
            List<String> found = new ArrayList<>();
            for (String ending : ENDINGS) {
                for (String candidate : List.of(base + ending, bare + ending, base + "/index" + ending)) {
                    if (files.contains(candidate) && !found.contains(candidate)) {
                        found.add(candidate);
                    }
                }
            }
            return found;
        }
        // An alias of tsconfig's paths: its last parts are those of the file.
        String tail = specifier.replaceFirst("^[@~#][^/]*/", "");
        if (tail.equals(specifier) || tail.isEmpty()) {
            return List.of();
        }
        return files.stream()
                .filter(file -> ("/" + file.replaceFirst("\\.\\w+$", "")).endsWith("/" + tail))
                .toList();
    }

    private String file(SuiteTest test) {
        return relative(
                suite.config().rootDir().replace('\\', '/') + "/" + test.place().file());
    }

    private String relative(String file) {
        String prefix = project.toString().replace('\\', '/') + "/";
        String path = file.replace('\\', '/');
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }
}
