package io.evenkeel.coordinator.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with {@link LimitException} when more than the allowed number of bytes is read. One thread. */
final class LimitedStream extends FilterInputStream {

    private long left;

    LimitedStream(InputStream stream, long mostBytes) {
        super(stream);
        this.left = mostBytes;
    }

    /** More came than is allowed. */
    static final class LimitException extends IOException {
        LimitException() {
            super("more bytes than allowed");
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
    }
}
