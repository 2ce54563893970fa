package io.evenkeel.pipeline.discover;

import io.evenkeel.pipeline.discover.DiscoveryOutcome.Failed;
import io.evenkeel.pipeline.discover.DiscoveryOutcome.Problem;
import io.evenkeel.pipeline.playwright.Adapters;
import io.evenkeel.pipeline.playwright.CommandProcess;
import io.evenkeel.pipeline.playwright.InstalledPlaywright;
import io.evenkeel.pipeline.playwright.PlaywrightCommand;
import io.evenkeel.pipeline.playwright.PlaywrightVersion;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Runs the user's own command in list mode and reads which tests it would run.
 *
 * <p>Costs one start of Playwright and the loading of all test files, no test. Thread-safe.
 */
public final class Discovery {

    /** Loading thousands of files takes a minute on a slow machine; a configuration that hangs must not hang the job. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path adaptersDir;
    private final Map<String, String> inherited;
    private final Duration patience;

    /**
     * Prepares a discovery.
     *
     * @param evenkeelDir the {@code .evenkeel} folder; {@code adapters/} is made in it
     * @param inherited environment of this process
     */
    public Discovery(Path evenkeelDir, Map<String, String> inherited) {
        this(evenkeelDir, inherited, PATIENCE);
    }

    Discovery(Path evenkeelDir, Map<String, String> inherited, Duration patience) {
        this.adaptersDir = evenkeelDir.resolve("adapters");
        this.inherited = Map.copyOf(inherited);
        this.patience = patience;
    }

    /** Lists the tests of a command; never throws for what a project can get wrong. */
    public DiscoveryOutcome discover(RunCommand command) {
        PlaywrightCommand playwright = new PlaywrightCommand(command);
        Optional<String> refusal = playwright.refusal();
        if (refusal.isPresent()) {
            return new Failed(Problem.WRONG_USE, refusal.get());
        }
        return missing(command, playwright).orElseGet(() -> {
            try {
                return list(playwright);
            } catch (IOException e) {
                return new Failed(
                        Problem.NO_PROGRAM,
                        "Cannot run " + command + " in " + command.folder() + ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Failed(Problem.NO_ANSWER, "Interrupted while listing the tests.");
            }
        });
    }

    /** Without these checks npx would ask the registry for a Playwright, or the system's message would be all there is. */
    private Optional<DiscoveryOutcome> missing(RunCommand command, PlaywrightCommand playwright) {
        if (!Files.isDirectory(command.folder())) {
            return Optional.of(
                    new Failed(Problem.WRONG_USE, "The folder " + command.folder() + " does not exist; check --dir."));
        }
        if (!CommandProcess.exists(command, inherited)) {
            return Optional.of(new Failed(
                    Problem.NO_PROGRAM,
                    "The program " + command.words().get(0)
                            + " is not on the PATH; install Node.js 18 or newer, or correct the command."));
        }
        Optional<InstalledPlaywright> installed = InstalledPlaywright.find(command.folder());
        if (installed.isEmpty() && playwright.isDirect() && !InstalledPlaywright.isPlugAndPlay(command.folder())) {
            return Optional.of(new Failed(
                    Problem.NO_PLAYWRIGHT,
                    "Playwright is not installed in " + command.folder()
                            + "; run npm ci there, or name the folder of the project with --dir."));
        }
        return installed
                .filter(p -> p.version().compareTo(PlaywrightVersion.OLDEST) < 0)
                .map(p -> new Failed(
                        Problem.NO_PLAYWRIGHT,
                        "Playwright " + p.version() + " in " + p.folder() + " is too old; update it to "
                                + PlaywrightVersion.OLDEST + " or newer."));
    }

    private DiscoveryOutcome list(PlaywrightCommand playwright) throws IOException, InterruptedException {
        Adapters adapters = Adapters.install(adaptersDir);
        Path temporary = Files.createTempDirectory("evenkeel-list-");
        try {
            Path spool = temporary.resolve("list.ndjson");
            Path output = temporary.resolve("output.txt");
            RunCommand listing = playwright
                    .with(adapters, List.of("--list"), inherited)
                    .withEnvironment(Map.of("EVENKEEL_SPOOL", spool.toString(), "EVENKEEL_LIST", "1"));
            CommandProcess process = CommandProcess.writingTo(output, listing);
            OptionalInt exitCode = wait(process);
            if (exitCode.isEmpty()) {
                return new Failed(
                        Problem.NO_ANSWER,
                        "Listing the tests took longer than " + patience.toSeconds() + " s; see what hangs with: "
                                + listing);
            }
            return new ListingReader(listing).read(spools(temporary), text(output), exitCode.getAsInt());
        } finally {
            delete(temporary);
        }
    }

    private OptionalInt wait(CommandProcess process) throws InterruptedException {
        try {
            return process.waitFor(patience);
        } finally {
            if (process.waitFor(Duration.ZERO).isEmpty()) {
                process.signal(CommandProcess.Signal.KILL);
            }
        }
    }

    private static List<Path> spools(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".ndjson"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    /** Reads the first MiB: the error stands at the beginning, and a script may print without end. */
    private static String text(Path output) throws IOException {
        try (var in = Files.newInputStream(output)) {
            return new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
