package io.evenkeel.pipeline.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of UTF-8 that may not be longer than a limit, from a stream that may not be longer than another. One thread. */
final class BoundedLines {

    private final InputStream in;
    private final int maxLine;
    private final byte[] buffer = new byte[1 << 16];
    private long left;
    private int at;
    private int end;
    private boolean complete;

    BoundedLines(InputStream in, int maxLine, long maxBytes) {
        this.in = in;
        this.maxLine = maxLine;
        this.left = maxBytes;
    }

    /**
     * Returns the next line without its newline, empty at the end.
     *
     * @throws RefusedFileException when a limit is reached
     */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        complete = false;
        while (true) {
            if (at == end && !fill()) {
                return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, start, at - start);
            if (line.size() > maxLine) {
                throw new RefusedFileException("a line is longer than " + (maxLine >> 20) + " MiB");
            }
            if (at < end) {
                at++;
                complete = true;
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
        }
    }

    /** Returns whether the line returned last had its newline; without it, its writing was cut off. */
    boolean complete() {
        return complete;
    }

    private boolean fill() throws IOException {
        end = Math.max(0, in.read(buffer));
        at = 0;
        left -= end;
        if (left < 0) {
            throw new RefusedFileException("it is larger than the limit");
        }
        return end > 0;
    }
}
