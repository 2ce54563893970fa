package io.evenkeel.pipeline.playwright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Real Playwright projects, laid out by fixtures/playwright/make.sh, with a browser they find by themselves. */
public final class PlaywrightFixture {

    private static final String OLDEST = "1.40.1";

    /** The newest version; what does not depend on the version is tried on it alone. */
    public static final String NEWEST = "1.65.1";

    /** Minor number of the version that takes tags beside the title. */
    private static final int FIRST_WITH_TAGS = 42;

    private PlaywrightFixture() {}

    /** The versions that must work. */
    public static Stream<String> versions() {
        return Stream.of(OLDEST, "1.49.1", "1.58.2", NEWEST);
    }

    /**
     * The oldest and the newest of the versions; all of them in {@code ./verify --long}. For what takes long and depends on the
     * version only in ways that other tests try on every one of them.
     */
    public static Stream<String> oldestAndNewest() {
        return isLong() ? versions() : Stream.of(OLDEST, NEWEST);
    }

    /** The newest of the versions; all of them in {@code ./verify --long}. For what other tests show on every version, if less whole. */
    public static Stream<String> newest() {
        return isLong() ? versions() : Stream.of(NEWEST);
    }

    /** Whether what is longer than the budget of the everyday check runs too: {@code ./verify --long}. */
    public static boolean isLong() {
        return Boolean.getBoolean("long");
    }

    /** Lays out the suite in a new folder. */
    public static RunCommand suite(String version, Path target) throws IOException, InterruptedException {
        return command(target, List.of(version, target.toString()));
    }

    /** Lays out a small project in a new folder. */
    public static RunCommand project(String version, String name, Path target)
            throws IOException, InterruptedException {
        return command(target, List.of(version, target.toString(), "--project", name));
    }

    /** Copies the example shop, release 1, into a new folder; its packages must be installed. */
    public static RunCommand shop(Path target) throws IOException, InterruptedException {
        return shop(shopSources(), target);
    }

    /** Copies the example shop, release 1, into a new folder, to be run by another version of Playwright. */
    public static RunCommand shop(String version, Path target) throws IOException, InterruptedException {
        RunCommand shop = shop(root().resolve("fixtures/playwright").resolve(version), target);
        if (Integer.parseInt(version.split("\\.")[1]) < FIRST_WITH_TAGS) {
            writeTagsIntoTitles(target.resolve("tests"));
        }
        return shop;
    }

    /** As projects of that time did. */
    private static void writeTagsIntoTitles(Path tests) throws IOException {
        Pattern tag = Pattern.compile("', \\{ tag: ([^}]*) \\}");
        try (Stream<Path> files = Files.list(tests)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                String older = tag.matcher(text)
                        .replaceAll(found -> " " + found.group(1).replaceAll("[\\[\\],']", "") + "'");
                Files.writeString(file, older);
            }
        }
    }

    private static RunCommand shop(Path packages, Path target) throws IOException, InterruptedException {
        if (!Files.isDirectory(packages.resolve("node_modules"))) {
            throw new IllegalStateException("The packages of " + packages + " are not installed. Run npm ci there.");
        }
        bash(
                List.of(
                        "-c",
                        "cp -R \"$0\" \"$1\" && rm -rf \"$1/node_modules\" \"$1/test-results\" \"$1/.evenkeel\""
                                + " && ln -s \"$2/node_modules\" \"$1/node_modules\"",
                        shopSources().toString(),
                        target.toString(),
                        packages.toString()),
                packages);
        return new RunCommand(List.of("npx", "playwright", "test"), target, environment(target));
    }

    /** The example shop in this checkout. */
    public static Path shopSources() {
        return root().resolve("examples/shop");
    }

    private static RunCommand command(Path target, List<String> arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(root().resolve("fixtures/playwright/make.sh").toString()));
        words.addAll(arguments);
        bash(words, root());
        return new RunCommand(List.of("npx", "playwright", "test"), target, environment(target));
    }

    private static Map<String, String> environment(Path project) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(browser(project));
        environment.put("CI", "1");
        environment.put("FORCE_COLOR", "0");
        return environment;
    }

    private static Map<String, String> browser(Path project) throws IOException, InterruptedException {
        String exports = bash(
                List.of(
                        root().resolve("scripts/browser.sh").toString(),
                        project.resolve("node_modules/playwright-core").toString()),
                project);
        Map<String, String> environment = new HashMap<>();
        exports.lines().filter(line -> line.startsWith("export ")).forEach(line -> {
            String[] assignment = line.substring("export ".length()).split("=", 2);
            environment.put(assignment[0], assignment[1]);
        });
        return environment;
    }

    private static String bash(List<String> arguments, Path folder) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("bash"));
        words.addAll(arguments);
        Path errors = Files.createTempFile("fixture", ".txt");
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(words + " failed: " + Files.readString(errors));
        }
        Files.delete(errors);
        return output;
    }

    /** The repository's root, found from wherever the tests run. */
    private static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("fixtures/playwright/make.sh"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "There is no fixtures/playwright/make.sh above " + Path.of("").toAbsolutePath());
    }
}
