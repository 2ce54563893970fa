package io.evenkeel.pipeline.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Adds events to a spool whose reporter has ended.
 *
 * <p>A spool has one writer, so this is for what comes after the run: healing events and the end of the agent. One thread.
 */
public final class SpoolAppender {

    private final Path file;

    public SpoolAppender(Path file) {
        this.file = file;
    }

    /**
     * Appends one line; a cut line at the end of the file is removed first.
     *
     * @param line makes the line, without the newline, for the {@code seq} it gets
     * @throws IOException when there is no room or the file cannot be written
     */
    public void append(LongFunction<String> line) throws IOException {
        long last = 0;
        SpoolReader reader = new SpoolReader(file);
        for (List<SpoolLine> lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
            for (SpoolLine one : lines) {
                last = Math.max(last, one.match(event -> event.event().seq(), broken -> 0L));
            }
        }
        byte[] bytes = (line.apply(last + 1) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long end = reader.completeLength();
            channel.truncate(end);
            channel.position(end);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
