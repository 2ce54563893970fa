package io.evenkeel.healing.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Where the bytes of a {@code trace.zip} come from. */
public sealed interface TraceFile {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<OnDisk, T> onDisk, Function<InMemory, T> inMemory, Function<Absent, T> absent);

    /** Opens the bytes from the start. */
    InputStream open() throws IOException;

    /** Returns a trace on disk. */
    static TraceFile at(Path path) {
        return new OnDisk(path);
    }

    /** Returns a trace in memory. */
    static TraceFile of(byte[] bytes) {
        return new InMemory(bytes.clone());
    }

    /** Returns the trace of a run that recorded none. */
    static TraceFile absent() {
        return new Absent();
    }

    /** A file. */
    record OnDisk(Path path) implements TraceFile {
        @Override
        public <T> T match(Function<OnDisk, T> onDisk, Function<InMemory, T> inMemory, Function<Absent, T> absent) {
            return onDisk.apply(this);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }
    }

    /** Bytes; compared by identity. */
    final class InMemory implements TraceFile {

        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public <T> T match(Function<OnDisk, T> onDisk, Function<InMemory, T> inMemory, Function<Absent, T> absent) {
            return inMemory.apply(this);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /** There is no trace. */
    record Absent() implements TraceFile {
        @Override
        public <T> T match(Function<OnDisk, T> onDisk, Function<InMemory, T> inMemory, Function<Absent, T> absent) {
            return absent.apply(this);
        }

        @Override
        public InputStream open() throws IOException {
            throw new IOException(
                    "The run recorded no trace. Set trace: 'retain-on-failure' in the Playwright config.");
        }
    }
}
