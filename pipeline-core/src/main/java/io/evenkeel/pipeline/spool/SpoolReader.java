package io.evenkeel.pipeline.spool;

import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.MalformedEventException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a spool that may still grow.
 *
 * <p>Only complete lines are returned; a cut one is returned once its newline is there. Needs memory for one chunk and one line, whatever
 * the size of the file. One thread.
 */
public final class SpoolReader {

    /** Longer lines are no events of ours; they are skipped without being held in memory. */
    static final int MAX_LINE = 16 * 1024 * 1024;

    private static final int CHUNK = 1024 * 1024;

    private final Path file;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private long offset;
    private long line;
    private long openLength;

    public SpoolReader(Path file) {
        this.file = file;
    }

    /**
     * Returns complete lines that were not returned before, in their order; empty when there are none now.
     *
     * @throws IOException when the file is not there or cannot be read
     */
    public List<SpoolLine> poll() throws IOException {
        List<SpoolLine> lines = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
            channel.position(offset);
            while (lines.isEmpty()) {
                buffer.clear();
                int read = channel.read(buffer);
                if (read <= 0) {
                    return lines;
                }
                offset += read;
                split(buffer.array(), read, lines);
            }
        }
        return lines;
    }

    /** Returns how many bytes of the file are complete lines that were read. */
    long completeLength() {
        return offset - openLength;
    }

    private void split(byte[] bytes, int length, List<SpoolLine> lines) {
        int begin = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, begin, i - begin);
                lines.add(complete());
                begin = i + 1;
            }
        }
        keep(bytes, begin, length - begin);
    }

    private void keep(byte[] bytes, int from, int length) {
        openLength += length;
        if (openLength <= MAX_LINE) {
            open.write(bytes, from, length);
        }
    }

    private SpoolLine complete() {
        line++;
        long length = openLength;
        String text = open.toString(StandardCharsets.UTF_8);
        open.reset();
        openLength = 0;
        if (length > MAX_LINE) {
            return new SpoolLine.Broken(line, "longer than " + MAX_LINE + " bytes");
        }
        try {
            return new SpoolLine.Event(EventJson.read(text));
        } catch (MalformedEventException e) {
            return new SpoolLine.Broken(line, String.valueOf(e.getMessage()));
        }
    }
}
