package io.evenkeel.pipeline.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * One executor's blob report: a zip of {@code report*.jsonl}, events one a line, and of {@code resources/}, its attachments.
 *
 * <p>Playwright's {@code merge-reports} unpacks every entry to the path the archive names, so an archive with another
 * entry is refused. One thread; must be closed.
 */
final class BlobArchive implements AutoCloseable {

    /** What one archive may hold; a trace has some hundred KiB to some MiB. */
    record Limits(int entries, long unpacked, int line) {

        static final Limits DEFAULT = new Limits(200_000, 8L << 30, 256 << 20);
    }

    private static final Pattern EVENTS = Pattern.compile("report[A-Za-z0-9._-]*\\.jsonl");
    private static final Pattern RESOURCE = Pattern.compile("resources/[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final ZipFile zip;
    private final Limits limits;
    private final ZipEntry events;
    private final List<ZipEntry> resources = new ArrayList<>();
    private long unpacked;

    /**
     * Opens an archive.
     *
     * @throws RefusedFileException when it is no blob report or has an entry Playwright does not write
     */
    BlobArchive(Path file, Limits limits) {
        this.limits = limits;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new RefusedFileException("it is no complete zip archive", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedFileException("it cannot be read: " + e.getMessage(), e);
        }
        try {
            events = scan();
        } catch (RefusedFileException e) {
            close();
            throw e;
        }
    }

    private ZipEntry scan() {
        if (zip.size() > limits.entries()) {
            throw new RefusedFileException("it has more than " + limits.entries() + " entries");
        }
        List<ZipEntry> reports = new ArrayList<>();
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            if (EVENTS.matcher(entry.getName()).matches()) {
                reports.add(entry);
            } else if (RESOURCE.matcher(entry.getName()).matches()) {
                resources.add(entry);
            } else if (!entry.getName().equals("resources/")) {
                throw new RefusedFileException("it has an entry no blob report has");
            }
        }
        if (reports.size() != 1) {
            throw new RefusedFileException("it must have one report.jsonl and has " + reports.size());
        }
        return reports.get(0);
    }

    List<ZipEntry> resources() {
        return resources;
    }

    BoundedLines lines() throws IOException {
        return new BoundedLines(zip.getInputStream(events), limits.line(), limits.unpacked());
    }

    /** Returns the content of an entry, which ends with an exception when all entries together unpack to too much. */
    InputStream open(ZipEntry entry) throws IOException {
        InputStream in = zip.getInputStream(entry);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = in.read(target, offset, length);
                unpacked += Math.max(0, read);
                if (unpacked > limits.unpacked()) {
                    throw new RefusedFileException("it unpacks to more than " + (limits.unpacked() >> 20) + " MiB");
                }
                return read;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    /** Reads the events; each is handed over as its line. */
    void eachLine(LineConsumer consumer) throws IOException {
        BoundedLines lines = lines();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!line.get().isBlank()) {
                consumer.accept(line.get());
            }
        }
    }

    /** Takes a line. */
    @FunctionalInterface
    interface LineConsumer {
        void accept(String line) throws IOException;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            System.getLogger(BlobArchive.class.getName()).log(System.Logger.Level.DEBUG, "blob not closed", e);
        }
    }
}
