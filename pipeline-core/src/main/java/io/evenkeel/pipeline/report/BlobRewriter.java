package io.evenkeel.pipeline.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes blobs anew so that each test stands in one of them alone, under the project's real folder.
 *
 * <p>Two steps: {@link #split} for every blob, which may hand attempts over to another blob, then {@link #pack} for every
 * blob. One thread.
 */
final class BlobRewriter {

    private final Path work;
    private final List<BlobIndex> blobs;
    private final Ownership ownership;
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> resources = new HashSet<>();

    BlobRewriter(Path work, List<BlobIndex> blobs, Ownership ownership) {
        this.work = work;
        this.blobs = blobs;
        this.ownership = ownership;
    }

    /** Writes the events that stay in this blob, and appends those that follow in another to that one's. */
    void split(int blob, BlobArchive archive, PathMapping paths, String rootDir) throws IOException {
        Map<Integer, OutputStream> further = new HashMap<>();
        try (OutputStream own = append(events(blob))) {
            archive.eachLine(raw -> {
                String line = paths.apply(raw);
                switch (BlobEvent.methodOfKnown(line)) {
                    case "onConfigure" -> write(own, configure(line, rootDir));
                    case "onProject" -> project(blob, line, own);
                    case "onBlobReportMetadata", "onBegin", "onEnd", "onError", "onExit" -> write(own, line);
                    default -> event(blob, line, own, further);
                }
            });
        } finally {
            for (OutputStream stream : further.values()) {
                stream.close();
            }
        }
    }

    private static String configure(String line, String rootDir) {
        ObjectNode event = BlobEvent.read(line);
        ((ObjectNode) event.path("params").path("config")).put("rootDir", rootDir);
        return event.toString();
    }

    /** A project none of whose tests stand here is left out if it stands in another blob. */
    private void project(int blob, String line, OutputStream own) throws IOException {
        String kept = BlobEvent.keepTests(line, id -> ownership.owns(blob, id));
        String name = BlobEvent.project(line, id -> {}).path("name").asText("");
        boolean any = testsOf(blob, name).stream().anyMatch(id -> ownership.owns(blob, id));
        if (any || (firstWith(name) == blob && nowhere(name))) {
            write(own, kept);
        }
    }

    private Set<String> testsOf(int blob, String project) {
        return blobs.get(blob).testsOfProject.getOrDefault(project, Set.of());
    }

    private int firstWith(String project) {
        for (int b = 0; b < blobs.size(); b++) {
            if (blobs.get(b).testsOfProject.containsKey(project)) {
                return b;
            }
        }
        return -1;
    }

    private boolean nowhere(String project) {
        for (int b = 0; b < blobs.size(); b++) {
            int blob = b;
            if (testsOf(b, project).stream().anyMatch(id -> ownership.owns(blob, id))) {
                return false;
            }
        }
        return true;
    }

    private void event(int blob, String line, OutputStream own, Map<Integer, OutputStream> further) throws IOException {
        String id = BlobEvent.testId(line);
        if (id.isEmpty() || ownership.owns(blob, id)) {
            write(own, line);
            return;
        }
        int target = ownership.follows(blob, id);
        if (target >= 0) {
            ObjectNode event = BlobEvent.read(line);
            renumber(event, id, target);
            OutputStream stream = further.get(target);
            if (stream == null) {
                stream = append(extras(target));
                further.put(target, stream);
            }
            write(stream, event.toString());
        }
    }

    /** An attempt of another executor becomes the next retry of the test. */
    private void renumber(ObjectNode event, String id, int target) {
        if (event.path("method").asText().equals("onTestBegin")
                && event.path("params").path("result") instanceof ObjectNode result) {
            BlobIndex.Entry entry = blobs.get(target).tests.get(id);
            int before = entry == null ? 0 : entry.statuses.size();
            result.put("retry", attempts.merge(id, 1, Integer::sum) - 1 + before);
        }
    }

    /** Writes the archive Playwright merges. */
    void pack(int blob, BlobArchive archive, Path target) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            // Playwright unpacks it at once; what it holds lies beside it as it is. Traces and pictures are compressed
            // already.
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("report.jsonl"));
            Files.copy(events(blob), zip);
            if (Files.exists(extras(blob))) {
                Files.copy(extras(blob), zip);
            }
            zip.closeEntry();
            for (ZipEntry entry : archive.resources()) {
                if (resources.add(entry.getName())) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream content = new BufferedInputStream(archive.open(entry))) {
                        content.transferTo(zip);
                    }
                    zip.closeEntry();
                }
            }
        }
    }

    private Path events(int blob) {
        return work.resolve("events-" + blob + ".jsonl");
    }

    private Path extras(int blob) {
        return work.resolve("further-" + blob + ".jsonl");
    }

    private static OutputStream append(Path file) throws IOException {
        return new java.io.BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), 1 << 16);
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
