package io.evenkeel.bench.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.bench.JsonLines;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of each mutant, a line of a file each, so that a run that was interrupted goes on where it was. One thread.
 *
 * @param file made if it is not there
 */
record Results(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the lines by mutant, in the order they were written. */
    Map<String, JsonNode> read() throws IOException {
        Map<String, JsonNode> lines = new LinkedHashMap<>();
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = JSON.readTree(line);
                lines.put(node.path("mutant").asText(), node);
            }
        }
        return lines;
    }

    void add(Map<String, ?> line) throws IOException {
        try (PrintStream out =
                new PrintStream(new FileOutputStream(file.toFile(), true), true, StandardCharsets.UTF_8)) {
            new JsonLines(out).print(line);
        }
    }

    /** Returns whether a line says something of healing: the tests noticed the change and everything ran. */
    static boolean counts(JsonNode line) {
        return !List.of("unnoticed", "error").contains(line.path("outcome").asText());
    }

    /** Returns the number of lines that count, of one kind of operators. */
    static int counted(Map<String, JsonNode> lines, Operator.Kind kind) {
        return (int) lines.values().stream()
                .filter(line -> line.path("kind").asText().equalsIgnoreCase(kind.name()) && counts(line))
                .count();
    }

    /** Returns one summary line for each kind and one for each operator. */
    static List<Map<String, Object>> summary(Map<String, JsonNode> lines) {
        Map<String, Map<String, Integer>> groups = new TreeMap<>();
        for (JsonNode line : lines.values()) {
            for (String group : List.of(
                    "all " + line.path("kind").asText(), line.path("operator").asText())) {
                groups.computeIfAbsent(group, g -> new TreeMap<>())
                        .merge(line.path("outcome").asText(), 1, Integer::sum);
            }
        }
        List<Map<String, Object>> summary = new ArrayList<>();
        groups.forEach((group, outcomes) -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("group", group);
            line.putAll(outcomes);
            summary.add(line);
        });
        return summary;
    }
}
