package io.evenkeel.coordinator.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Bounds the body of a request in size and in time, so that nobody holds a thread by sending a byte now and then.
 *
 * <p>One thread.
 */
final class LimitedStream extends FilterInputStream {

    private final long deadline;
    private long left;

    LimitedStream(InputStream stream, long mostBytes, Duration longest) {
        super(stream);
        this.left = mostBytes;
        this.deadline = System.nanoTime() + longest.toNanos();
    }

    /** More came than is allowed. */
    static final class LimitException extends IOException {
        LimitException() {
            super("more bytes than allowed");
        }
    }

    /** The body took longer than is allowed. */
    static final class SlowException extends IOException {
        SlowException() {
            super("it took too long");
        }
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new LimitException();
        }
        if (System.nanoTime() - deadline > 0) {
            throw new SlowException();
        }
    }
}
