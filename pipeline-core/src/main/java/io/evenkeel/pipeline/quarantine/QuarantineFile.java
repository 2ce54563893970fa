package io.evenkeel.pipeline.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code quarantine.json} as in docs/reference/files.md; the answer of the coordinator is read alike. Static functions. */
public final class QuarantineFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long MOST_BYTES = 16L << 20;

    private QuarantineFile() {}

    /** The list of a file or an answer, and what could not be used of it, one line each. */
    public record Parsed(QuarantineList list, List<String> problems) {

        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the file; an empty list when there is none. A file that cannot be used excuses nothing and says so. */
    public static Parsed read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return new Parsed(QuarantineList.empty(), List.of());
            }
            if (Files.size(file) > MOST_BYTES) {
                return unusable(file.toString(), "it has more than 16 MiB");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (IOException e) {
            return unusable(file.toString(), String.valueOf(e.getMessage()));
        }
    }

    /** Reads the text; entries that are not in ({@code state} is something else than {@code active}) are left out. */
    public static Parsed parse(String text, String origin) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return unusable(origin, "it is no JSON: " + e.getOriginalMessage());
        }
        if (json.path("v").asInt() != 1) {
            return unusable(origin, "its version is not 1");
        }
        List<Quarantined> tests = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (JsonNode node : json.path("tests")) {
            if (!node.path("state").asText("active").equals("active")) {
                continue;
            }
            try {
                tests.add(entry(node));
            } catch (IllegalArgumentException | DateTimeException e) {
                problems.add("An entry of " + origin + " excuses nothing: " + e.getMessage());
            }
        }
        return new Parsed(new QuarantineList(tests), problems);
    }

    private static Quarantined entry(JsonNode node) {
        List<String> failing = new ArrayList<>();
        node.path("failing").forEach(commit -> failing.add(commit.asText()));
        List<String> titles = new ArrayList<>();
        node.path("titles").forEach(title -> titles.add(title.asText()));
        return new Quarantined(
                node.path("id").asText(),
                titles.isEmpty() ? node.path("name").asText() : String.join(" › ", titles),
                node.path("owner").asText(),
                node.path("reason").asText(),
                Instant.parse(node.path("until").asText()),
                failing);
    }

    /**
     * Writes the file so that a reader never sees half of it.
     *
     * @throws IOException when there is no room or the folder cannot be written
     */
    public static void write(Path file, QuarantineList list) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("There is no folder for " + file);
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(temporary, format(list), StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Returns the text of the file. */
    public static String format(QuarantineList list) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("v", 1);
        ArrayNode tests = json.putArray("tests");
        for (Quarantined test : list.tests()) {
            ObjectNode node = tests.addObject();
            node.put("id", test.id());
            node.put("name", test.name());
            node.put("owner", test.owner());
            node.put("reason", test.reason());
            node.put("until", test.until().toString());
            test.failing().forEach(node.putArray("failing")::add);
        }
        return json.toPrettyString() + "\n";
    }

    private static Parsed unusable(String origin, String why) {
        return new Parsed(
                QuarantineList.empty(),
                List.of("The quarantine in " + origin + " cannot be used: " + why
                        + ". Until it is repaired or removed, every failure counts."));
    }
}
