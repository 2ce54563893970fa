package io.evenkeel.pipeline.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Spools written by hand, and sinks that remember. */
final class Spools {

    private Spools() {}

    static String line(long seq) {
        return "{\"v\":1,\"seq\":" + seq + ",\"t\":1000,\"ev\":\"attempt.begin\",\"id\":\"t" + seq
                + "\",\"retry\":0,\"worker\":0,\"parallel\":0}\n";
    }

    static Path append(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return file;
    }

    /** Behaves as the coordinator does: knows a seq once, asks for what is missing. */
    static final class MemorySink implements EventSink {
        final Map<String, List<String>> stored = new HashMap<>();
        final List<Batch> batches = new ArrayList<>();
        int failures;

        @Override
        public synchronized Acknowledgement send(Batch batch) {
            batches.add(batch);
            if (failures > 0) {
                failures--;
                return new Acknowledgement.Unavailable("away");
            }
            List<String> known = stored.computeIfAbsent(batch.spool().name(), name -> new ArrayList<>());
            if (batch.first() > known.size() + 1) {
                return new Acknowledgement.Gap(known.size() + 1);
            }
            batch.events().stream().filter(e -> e.seq() > known.size()).forEach(e -> known.add(e.json()));
            return new Acknowledgement.Stored(known.size());
        }

        synchronized List<String> of(String spool) {
            return List.copyOf(stored.getOrDefault(spool, List.of()));
        }
    }
}
