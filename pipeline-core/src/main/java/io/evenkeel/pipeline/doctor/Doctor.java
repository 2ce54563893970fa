package io.evenkeel.pipeline.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at everything a run needs and says how to mend what is missing.
 *
 * <p>Changes nothing. Immutable.
 */
public final class Doctor {

    /** The oldest Playwright everything works with. */
    static final int[] FULL_SUPPORT = {1, 40};

    private static final long ENOUGH_SPACE = 1L << 30;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
    private static final Pattern PACKAGE_VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

    private final Machine machine;

    public Doctor(Machine machine) {
        this.machine = machine;
    }

    /**
     * Looks at this machine and a Playwright project.
     *
     * @param project folder the user runs Playwright in
     * @return the checks, in the order a person would mend them
     */
    public List<Check> examine(Path project) {
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checks.add(node());
        checks.add(playwright(project));
        checks.add(configuration(project));
        checks.add(new BrowserCheck(machine).examine(project));
        checks.add(git(project));
        checks.add(workFolder(project));
        checks.add(coordinator());
        return List.copyOf(checks);
    }

    private static Check java() {
        int version = Runtime.version().feature();
        return Check.good("Java", version + " (" + System.getProperty("java.vendor", "unknown vendor") + ")");
    }

    private Check node() {
        Optional<String> found = machine.firstLine(List.of("node", "--version"));
        if (found.isEmpty()) {
            return Check.missing("Node.js", "none", "Install Node 20 or newer: https://nodejs.org/en/download");
        }
        Matcher version = VERSION.matcher(found.get().replaceFirst("^v", ""));
        return version.matches() && Integer.parseInt(version.group(1)) >= 18
                ? Check.good("Node.js", found.get())
                : Check.missing(
                        "Node.js", found.get(), "Install Node 20 or newer; this one is too old for Playwright.");
    }

    private static Check playwright(Path project) {
        Optional<String> found = playwrightVersion(project);
        if (found.isEmpty()) {
            return Check.missing(
                    "Playwright",
                    "no @playwright/test in " + project + " or above it",
                    "Run `npm ci` in the project, or `npm init playwright@latest` for a new one; use --dir for another folder.");
        }
        Matcher version = VERSION.matcher(found.get());
        boolean full = version.matches()
                && (Integer.parseInt(version.group(1)) > FULL_SUPPORT[0]
                        || Integer.parseInt(version.group(2)) >= FULL_SUPPORT[1]);
        return full
                ? Check.good("Playwright", found.get())
                : Check.lacking(
                        "Playwright", found.get(), "Works best from 1.40; older versions are tried, not promised.");
    }

    /** Returns the version of the @playwright/test that code in this folder would load. */
    static Optional<String> playwrightVersion(Path project) {
        return manifest(project).flatMap(manifest -> {
            try {
                Matcher matcher = PACKAGE_VERSION.matcher(Files.readString(manifest, StandardCharsets.UTF_8));
                return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /** Returns the package.json of the @playwright/test that code in this folder would load. */
    static Optional<Path> manifest(Path project) {
        for (Path folder = project.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            Path manifest = folder.resolve("node_modules/@playwright/test/package.json");
            if (Files.isRegularFile(manifest)) {
                return Optional.of(manifest);
            }
        }
        return Optional.empty();
    }

    private static Check configuration(Path project) {
        try (Stream<Path> files = Files.list(project)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("playwright\\.config\\.([cm]?[jt]s)"))
                    .sorted()
                    .findFirst()
                    .map(name -> Check.good("Configuration", name))
                    .orElseGet(
                            () -> Check.lacking(
                                    "Configuration",
                                    "no playwright.config.* in " + project,
                                    "Give its place after the dashes: evenkeel local -- npx playwright test -c path/to/playwright.config.ts"));
        } catch (IOException e) {
            return Check.missing(
                    "Configuration", "cannot read " + project, "Use --dir with the folder of the Playwright project.");
        }
    }

    private static Check git(Path project) {
        for (Path folder = project.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return Check.good("Git", "repository " + folder);
            }
        }
        return Check.lacking(
                "Git",
                "no repository at " + project,
                "Heals become patches under .evenkeel/heal; a fix branch needs a repository.");
    }

    private static Check workFolder(Path project) {
        Path folder = Files.isDirectory(project.resolve(".evenkeel")) ? project.resolve(".evenkeel") : project;
        if (!Files.isWritable(folder)) {
            return Check.missing(
                    "Work folder",
                    folder + " cannot be written",
                    "Give this user the right to write, or set EVENKEEL_DIR to a folder that can be.");
        }
        try {
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            String text = folder + ", " + (free >> 20) + " MiB free";
            return free >= ENOUGH_SPACE
                    ? Check.good("Work folder", text)
                    : Check.lacking(
                            "Work folder",
                            text,
                            "Free some space; traces and reports take about 1 GiB for a large suite.");
        } catch (IOException e) {
            return Check.lacking("Work folder", folder + ": " + e.getMessage(), "See that the disk is mounted.");
        }
    }

    private Check coordinator() {
        Optional<String> url = machine.variable("EVENKEEL_URL");
        if (url.isEmpty()) {
            return Check.good(
                    "Coordinator", "none set; plans come from .evenkeel/timings.json and results stay in files");
        }
        URI base;
        try {
            base = URI.create(url.get().endsWith("/") ? url.get() : url.get() + "/");
        } catch (IllegalArgumentException e) {
            return Check.lacking(
                    "Coordinator", "EVENKEEL_URL is no URL", "Set it to something like https://evenkeel.example.com");
        }
        Optional<Integer> ready = machine.status(base.resolve("readyz"), Optional.empty());
        if (ready.isEmpty()) {
            return Check.lacking(
                    "Coordinator",
                    base + " does not answer",
                    "Start it, or mend EVENKEEL_URL. Runs go on without it and send their results later.");
        }
        if (ready.get() != 200) {
            return Check.lacking("Coordinator", base + " answers " + ready.get() + " to /readyz", "Look into its log.");
        }
        Optional<Integer> allowed =
                machine.status(base.resolve("api/v1/timings?suite="), machine.variable("EVENKEEL_TOKEN"));
        boolean refused = allowed.isPresent() && (allowed.get() == 401 || allowed.get() == 403);
        return refused
                ? Check.lacking(
                        "Coordinator",
                        base + " refuses EVENKEEL_TOKEN",
                        "Make a token with `evenkeel coordinator project add NAME` and set EVENKEEL_TOKEN to it.")
                : Check.good("Coordinator", base + " is ready and knows the token");
    }
}
