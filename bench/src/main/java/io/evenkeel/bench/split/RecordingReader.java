package io.evenkeel.bench.split;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenkeel.bench.split.Recording.Measured;
import io.evenkeel.bench.split.Recording.Unit;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads every duration file of a folder, {@code *.json} and {@code *.json.gz} at any depth. */
final class RecordingReader {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private RecordingReader() {}

    /**
     * Returns the suites of the folder by file name. Files that are no duration file, and those with {@code cycles} (other
     * tests in each run), are left out.
     *
     * @throws IOException if the folder or a file cannot be read or holds broken JSON
     */
    static List<Recording> readAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(RecordingReader::isJson).sorted().toList();
        }
        List<Recording> recordings = new ArrayList<>();
        for (Path file : files) {
            read(file).ifPresent(recordings::add);
        }
        return recordings;
    }

    private static boolean isJson(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".json") || name.endsWith(".json.gz"));
    }

    private static Optional<Recording> read(Path file) throws IOException {
        JsonNode root;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            root = JSON.readTree(in);
        } catch (IOException e) {
            throw new IOException("The duration file (" + file + ") must hold JSON: " + e.getMessage(), e);
        }
        if (!root.path("tests").isArray() || root.has("cycles")) {
            return Optional.empty();
        }
        String fallbackName = file.getFileName().toString().replaceAll("\\.json(\\.gz)?$", "");
        return Optional.of(new Recording(
                root.path("suite").asText(fallbackName), root.path("runs").size(), units(root.path("tests"))));
    }

    private static List<Unit> units(JsonNode tests) {
        List<Unit> units = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (JsonNode test : tests) {
            String id = test.path("id").asText();
            int times = seen.merge(id, 1, Integer::sum);
            List<Measured> recorded = new ArrayList<>();
            test.path("runsMs")
                    .forEach(value -> recorded.add(
                            value.isNumber() ? new Measured(true, sane(value.asDouble())) : Measured.ABSENT));
            units.add(new Unit(
                    test.path("file").asText(id),
                    times == 1 ? id : id + "#" + times,
                    sane(test.path("durationMs").asDouble()),
                    recorded));
        }
        return units;
    }

    /** A clock that went backwards recorded no time. */
    private static double sane(double millis) {
        return millis > 0 ? millis : 0;
    }
}
