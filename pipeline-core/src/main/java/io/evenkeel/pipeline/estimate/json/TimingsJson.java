package io.evenkeel.pipeline.estimate.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes {@code timings.json}.
 *
 * <p>The file comes from a CI cache, so its content is not trusted: what is no number is skipped, and a file that is too large or
 * no JSON is refused. Thread-safe.
 */
public final class TimingsJson {

    /** A suite of 500,000 tests; more memory than this is not spent on a cache. */
    private static final long MOST_BYTES = 256L << 20;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private TimingsJson() {}

    /**
     * Returns the timings of a file.
     *
     * @throws TimingsFileException if the file is not there, is too large, or holds no timings
     */
    public static Timings read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new TimingsFileException("The timings file (" + file + ") must be at most " + (MOST_BYTES >> 20)
                        + " MB. Delete it; the next run writes a new one.");
            }
            return fromJson(JSON.readTree(Files.readAllBytes(file)), file);
        } catch (IOException e) {
            throw new TimingsFileException(
                    "The timings file (" + file + ") cannot be read: " + e.getMessage()
                            + "\nMaybe the CI cache is damaged: delete the file, the next run writes a new one.",
                    e);
        }
    }

    /**
     * Writes the timings under a temporary name and moves them, so that nobody reads half a file.
     *
     * @throws TimingsFileException if the folder cannot be written
     */
    public static void write(Path file, Timings timings) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(temporary, JSON.writeValueAsBytes(toJson(timings)));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new TimingsFileException(
                    "The timings file (" + file + ") cannot be written: " + e.getMessage()
                            + "\nMaybe the folder is read-only or the disk is full.",
                    e);
        }
    }

    private static Timings fromJson(JsonNode root, Path file) {
        if (root.path("v").asInt() != 1 || !root.path("tests").isObject()) {
            throw new TimingsFileException(
                    "The timings file (" + file
                            + ") must hold \"v\":1 and \"tests\".\nMaybe another version wrote it: delete it, the next run writes a new one.");
        }
        Map<String, TestTiming> tests = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("tests").properties()) {
            JsonNode test = entry.getValue();
            List<String> titles = new ArrayList<>();
            test.path("titles").forEach(title -> titles.add(title.asText()));
            List<Duration> recent = new ArrayList<>();
            test.path("recentMs").forEach(value -> {
                if (value.isNumber()) {
                    recent.add(millis(value));
                }
            });
            KnownTest known = new KnownTest(
                    entry.getKey(),
                    test.path("project").asText(),
                    test.path("file").asText(),
                    titles);
            tests.put(
                    entry.getKey(),
                    new TestTiming(known, recent, test.path("failing").asDouble(0)));
        }
        FixedCost fixed =
                new FixedCost(notNegative(root.path("fixedPerUnitMs")), notNegative(root.path("fixedPerMachineMs")));
        return new Timings(root.path("suite").asText(), fixed, tests);
    }

    private static Duration notNegative(JsonNode value) {
        Duration duration = millis(value);
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** Absurd numbers saturate far beyond what an estimate believes. */
    private static Duration millis(JsonNode value) {
        double limited = Math.max(-1e12, Math.min(1e12, value.asDouble()));
        return Duration.ofNanos(Math.round(limited * 1e6) / 1_000 * 1_000);
    }

    private static ObjectNode toJson(Timings timings) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", 1);
        root.put("suite", timings.suite());
        root.put("fixedPerUnitMs", timings.fixed().perUnit().toMillis());
        root.put("fixedPerMachineMs", timings.fixed().perMachine().toMillis());
        ObjectNode tests = root.putObject("tests");
        for (TestTiming timing : timings.sorted()) {
            ObjectNode test = tests.putObject(timing.test().id());
            test.put("project", timing.test().project());
            test.put("file", timing.test().file());
            ArrayNode titles = test.putArray("titles");
            timing.test().titles().forEach(titles::add);
            ArrayNode recent = test.putArray("recentMs");
            timing.recent().forEach(value -> recent.add(Math.max(1, value.toMillis())));
            if (timing.failing() >= 0.001) {
                test.put("failing", Math.round(timing.failing() * 1000) / 1000.0);
            }
        }
        return root;
    }
}
