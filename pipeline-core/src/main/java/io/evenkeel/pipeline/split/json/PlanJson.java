package io.evenkeel.pipeline.split.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.split.json.PlanFile.EstimatedFrom;
import io.evenkeel.pipeline.split.json.PlanFile.Header;
import io.evenkeel.pipeline.split.json.PlanFile.ShardTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads and writes {@code plan.json} and {@code shard-<i>.txt}. Thread-safe. */
public final class PlanJson {

    /** A plan of a million tests; what is larger is not ours. */
    private static final long MOST_BYTES = 128L << 20;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private PlanJson() {}

    /**
     * Writes {@code plan.json} and one {@code shard-<i>.txt} for each shard into a folder, and removes shard files of an
     * earlier, larger plan. Each file is written under a temporary name and moved; the plan comes last.
     *
     * @throws PlanFileException if the folder cannot be written
     */
    public static void write(Path folder, PlanFile plan) {
        try {
            Files.createDirectories(folder);
            Set<Path> current = new HashSet<>();
            for (ShardTests shard : plan.shards()) {
                Path file = shardFile(folder, shard.index());
                current.add(file);
                String lines = shard.tests().isEmpty() ? "" : String.join("\n", shard.tests()) + "\n";
                replace(file, lines.getBytes(StandardCharsets.UTF_8));
            }
            try (var files = Files.newDirectoryStream(folder, "shard-*.txt")) {
                for (Path file : files) {
                    if (!current.contains(file)) {
                        Files.delete(file);
                    }
                }
            }
            replace(folder.resolve("plan.json"), JSON.writeValueAsBytes(toJson(plan)));
        } catch (IOException e) {
            throw new PlanFileException(
                    "The plan in (" + folder + ") cannot be written: " + e.getMessage()
                            + "\nMaybe the folder is read-only or the disk is full.",
                    e);
        }
    }

    /**
     * Returns the plan of a file.
     *
     * @throws PlanFileException if the file is not there, is no plan, holds a test twice, or its digest does not fit its tests
     */
    public static PlanFile read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new PlanFileException(
                        "The plan (" + file + ") must be at most " + (MOST_BYTES >> 20) + " MB. Plan again.");
            }
            return fromJson(JSON.readTree(Files.readAllBytes(file)), file);
        } catch (IOException e) {
            throw new PlanFileException(
                    "The plan (" + file + ") cannot be read: " + e.getMessage()
                            + "\nMaybe the job that makes the plan does not pass it on as an artifact.",
                    e);
        }
    }

    /**
     * Returns the test ids of one {@code shard-<i>.txt}, in order.
     *
     * @throws PlanFileException if the file cannot be read
     */
    public static List<String> readShard(Path folder, int index) {
        Path file = shardFile(folder, index);
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new PlanFileException(
                    "The shard (" + file + ") cannot be read: " + e.getMessage()
                            + "\nMaybe the plan has fewer shards, or was not passed on as an artifact.",
                    e);
        }
    }

    private static Path shardFile(Path folder, int index) {
        return folder.resolve("shard-" + index + ".txt");
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ObjectNode toJson(PlanFile plan) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", 1);
        root.put("run", plan.header().run());
        root.put("suite", plan.header().suite());
        root.put("playwright", plan.header().playwright());
        root.put("digest", plan.digest());
        root.put("workers", plan.header().workers());
        root.put("discovered", plan.discovered());
        root.put("makespanMs", plan.makespan().toMillis());
        root.put("lowerBoundMs", plan.lowerBound().toMillis());
        root.put("ratio", Math.round(plan.ratio() * 1e6) / 1e6);
        root.put("estimatedFrom", plan.header().estimatedFrom().name().toLowerCase(Locale.ROOT));
        ArrayNode shards = root.putArray("shards");
        for (ShardTests shard : plan.shards()) {
            ObjectNode node = shards.addObject();
            node.put("index", shard.index());
            node.put("loadMs", shard.load().toMillis());
            ArrayNode tests = node.putArray("tests");
            shard.tests().forEach(tests::add);
        }
        return root;
    }

    private static PlanFile fromJson(JsonNode root, Path file) {
        require(root.path("v").asInt() == 1 && root.path("shards").isArray(), file, "hold \"v\":1 and \"shards\"");
        List<ShardTests> shards = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode shard : root.path("shards")) {
            List<String> tests = new ArrayList<>();
            for (JsonNode test : shard.path("tests")) {
                require(seen.add(test.asText()), file, "hold each test once, (" + test.asText() + ") is there twice");
                tests.add(test.asText());
            }
            require(shard.path("index").asInt() == shards.size() + 1, file, "number its shards from 1");
            shards.add(new ShardTests(shards.size() + 1, millis(shard.path("loadMs")), tests));
        }
        String digest = PlanFile.digest(shards);
        require(digest.equals(root.path("digest").asText()), file, "hold the tests its digest was made of");
        Header header = new Header(
                root.path("run").asText(),
                root.path("suite").asText(),
                root.path("playwright").asText(),
                Math.max(1, root.path("workers").asInt(1)),
                estimatedFrom(root.path("estimatedFrom").asText()));
        return new PlanFile(header, digest, millis(root.path("makespanMs")), millis(root.path("lowerBoundMs")), shards);
    }

    private static EstimatedFrom estimatedFrom(String word) {
        for (EstimatedFrom value : EstimatedFrom.values()) {
            if (value.name().equalsIgnoreCase(word)) {
                return value;
            }
        }
        return EstimatedFrom.NOTHING;
    }

    private static Duration millis(JsonNode value) {
        return Duration.ofMillis(Math.max(0, value.asLong()));
    }

    private static void require(boolean condition, Path file, String what) {
        if (!condition) {
            throw new PlanFileException(
                    "The plan (" + file + ") must " + what + ".\nMaybe it was changed by hand or cut off: plan again.");
        }
    }
}
