package io.evenkeel.pipeline.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the browsers a project's Playwright asks for are there. Each Playwright takes exactly the revisions its
 * {@code browsers.json} names, so one that an older Playwright has left behind does not help.
 *
 * <p>Immutable.
 */
final class BrowserCheck {

    private static final String NAME = "Browser";
    private static final String REMEDY = "Run `npx playwright install --with-deps chromium` in the project.";
    private static final String FOLDERS = "(chromium|firefox|webkit).*-\\d+";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Machine machine;

    BrowserCheck(Machine machine) {
        this.machine = machine;
    }

    /** Looks for the browsers of the Playwright that code in this folder would load. */
    Check examine(Path project) {
        Optional<String> own = machine.variable("EVENKEEL_CHROMIUM");
        if (own.isPresent() && !Files.isExecutable(Path.of(own.get()))) {
            return Check.missing(
                    NAME, own.get() + " is no program", "Let EVENKEEL_CHROMIUM name a Chromium, or unset it.");
        }
        Optional<Path> core = core(project);
        Path folder = folder(core);
        List<String> there;
        try {
            there = there(folder);
        } catch (IOException e) {
            return Check.lacking(NAME, "cannot read " + folder, "Let this user read the folder.");
        }
        List<String> wanted = core.map(BrowserCheck::wanted).orElse(List.of());
        List<String> found = wanted.stream().filter(there::contains).toList();
        if (!found.isEmpty() || wanted.isEmpty() && !there.isEmpty()) {
            return Check.good(NAME, String.join(", ", wanted.isEmpty() ? there : found) + " in " + folder);
        }
        String needs = wanted.isEmpty() ? "none" : wanted.get(0) + " is not";
        return Check.lacking(
                NAME, needs + " in " + folder + (there.isEmpty() ? "" : " (only " + some(there) + ")"), REMEDY);
    }

    /** Returns what a headless run can use: the folders of Playwright's registry, the default one first. */
    private static List<String> wanted(Path core) {
        try {
            JsonNode browsers =
                    JSON.readTree(core.resolve("browsers.json").toFile()).path("browsers");
            return Stream.of("chromium-headless-shell", "chromium", "firefox", "webkit")
                    .flatMap(name -> revision(browsers, name).stream())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<String> revision(JsonNode browsers, String name) {
        for (JsonNode browser : browsers) {
            if (browser.path("name").asText().equals(name)) {
                return Optional.of(
                        name.replace('-', '_') + "-" + browser.path("revision").asText());
            }
        }
        return Optional.empty();
    }

    /** Returns playwright-core, which package managers put beside the @playwright/test they link to. */
    private static Optional<Path> core(Path project) {
        return Doctor.manifest(project).map(Path::getParent).flatMap(BrowserCheck::besides);
    }

    private static Optional<Path> besides(Path test) {
        try {
            for (Path folder = test.toRealPath().getParent(); folder != null; folder = folder.getParent()) {
                for (String place : List.of("playwright-core", "node_modules/playwright-core")) {
                    if (Files.isRegularFile(folder.resolve(place).resolve("browsers.json"))) {
                        return Optional.of(folder.resolve(place));
                    }
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Returns the folder of Playwright's registry, as Playwright computes it. */
    private Path folder(Optional<Path> core) {
        Optional<String> set = machine.variable("PLAYWRIGHT_BROWSERS_PATH");
        if (set.isPresent() && core.isPresent() && set.get().equals("0")) {
            return core.get().resolve(".local-browsers");
        }
        return set.map(Path::of).orElseGet(() -> cache().resolve("ms-playwright"));
    }

    private Path cache() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(machine.variable("HOME")
                .or(() -> machine.variable("USERPROFILE"))
                .orElse("."));
        if (system.contains("win")) {
            return machine.variable("LOCALAPPDATA").map(Path::of).orElseGet(() -> home.resolve("AppData/Local"));
        }
        if (system.contains("mac")) {
            return home.resolve("Library/Caches");
        }
        return machine.variable("XDG_CACHE_HOME").map(Path::of).orElseGet(() -> home.resolve(".cache"));
    }

    private static List<String> there(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(FOLDERS))
                    .sorted()
                    .toList();
        }
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(3, names.size()))) + (names.size() > 3 ? ", …" : "");
    }
}
