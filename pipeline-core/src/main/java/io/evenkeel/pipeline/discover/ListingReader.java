package io.evenkeel.pipeline.discover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.discover.DiscoveryOutcome.Failed;
import io.evenkeel.pipeline.discover.DiscoveryOutcome.Found;
import io.evenkeel.pipeline.discover.DiscoveryOutcome.Problem;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a suite, or one clear sentence, of what a listing run has left. One thread. */
final class ListingReader {

    /** The reporter's exit code for "our options never arrived". */
    static final int OPTIONS_LOST = 86;

    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");
    private static final Pattern ERROR_LINE = Pattern.compile("(?im)^\\s*(?:\\w*Error\\b.*|error: .*|npm error .*)$");

    private final RunCommand listing;

    ListingReader(RunCommand listing) {
        this.listing = listing;
    }

    /**
     * Reads a listing.
     *
     * @param spools files of events; more than one when the command ran Playwright more than once
     * @param output the beginning of what the command printed
     */
    DiscoveryOutcome read(List<Path> spools, String output, int exitCode) throws IOException {
        if (exitCode == OPTIONS_LOST) {
            return new Failed(
                    Problem.WRONG_USE,
                    "The command starts Playwright through a script that overwrites NODE_OPTIONS; call Playwright directly, "
                            + "for example: npx playwright test");
        }
        List<JsonNode> events = new ArrayList<>();
        for (Path spool : spools) {
            events.addAll(events(spool));
        }
        Optional<SuiteBuilder> suite = SuiteBuilder.of(events);
        if (suite.isEmpty()) {
            return withoutReporter(output, exitCode);
        }
        Optional<String> error = suite.get().firstError();
        if (error.isPresent() && !error.get().contains("No tests found")) {
            return new Failed(
                    Problem.LOAD_ERROR,
                    "The tests cannot be loaded: " + error.get() + "; see all of it with: " + listing);
        }
        if (suite.get().shard().isPresent()) {
            return new Failed(
                    Problem.WRONG_USE,
                    "The configuration sets shard " + suite.get().shard().get()
                            + "; remove it, because Evenkeel splits the suite itself.");
        }
        if (suite.get().isEmpty()) {
            return new Failed(
                    Problem.NO_TESTS,
                    "No tests found; check testDir, testMatch and the filters of: "
                            + String.join(" ", listing.words()));
        }
        return new Found(suite.get().build());
    }

    private static List<JsonNode> events(Path spool) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> events = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(spool)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                events.add(mapper.readTree(line));
            }
        }
        return events;
    }

    /** Playwright ended before it made its reporters, or something else than Playwright ran. */
    private Failed withoutReporter(String output, int exitCode) {
        Matcher matcher = ERROR_LINE.matcher(ANSI.matcher(output).replaceAll(""));
        Optional<String> line = matcher.find() ? Optional.of(matcher.group().strip()) : Optional.empty();
        if (line.isPresent() && line.get().startsWith("error: unknown option")) {
            return new Failed(Problem.WRONG_USE, "Playwright does not know an option: " + line.get() + ".");
        }
        if (exitCode == 127) {
            return new Failed(
                    Problem.NO_PROGRAM,
                    "A program of the command is missing: "
                            + output.lines().findFirst().orElse(listing.toString())
                            + "; run npm ci, or install Node.js 18 or newer.");
        }
        if (line.isPresent() && exitCode != 0) {
            return new Failed(
                    Problem.CONFIG_BROKEN,
                    "The configuration cannot be loaded: " + line.get() + "; see all of it with: " + listing);
        }
        return new Failed(
                Problem.NO_ANSWER,
                "The command ended with " + exitCode + " without starting Playwright's test runner; "
                        + "check that it does what is meant: " + listing);
    }
}
