package io.evenkeel.pipeline.client;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Makes one HTTP exchange within a time limit. Thread-safe. */
interface Transport extends Closeable {

    /** Returns what came back, at the latest when the limit has passed. */
    Reply exchange(Exchange exchange, Duration limit);

    /** Returns where the exchanges go to, for messages; empty when there is no such place. */
    default Optional<String> address() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * One request.
     *
     * @param method {@code GET}, {@code HEAD}, {@code PUT} or {@code POST}
     * @param path below the coordinator's address, with query, beginning with {@code /}
     * @param payload what is sent
     */
    record Exchange(String method, String path, Payload payload) {

        static Exchange get(String path) {
            return new Exchange("GET", path, new Payload.Nothing());
        }
    }

    /** What a request carries. */
    sealed interface Payload {

        <R> R match(Function<Nothing, R> nothing, Function<Json, R> json, Function<FileContent, R> file);

        /** No body. */
        record Nothing() implements Payload {
            @Override
            public <R> R match(Function<Nothing, R> nothing, Function<Json, R> json, Function<FileContent, R> file) {
                return nothing.apply(this);
            }
        }

        /** JSON text. */
        record Json(String text) implements Payload {
            @Override
            public <R> R match(Function<Nothing, R> nothing, Function<Json, R> json, Function<FileContent, R> file) {
                return json.apply(this);
            }
        }

        /** The bytes of a file, streamed. */
        record FileContent(Path file, String contentType) implements Payload {
            @Override
            public <R> R match(Function<Nothing, R> nothing, Function<Json, R> json, Function<FileContent, R> file) {
                return file.apply(this);
            }
        }
    }

    /** What came back. */
    sealed interface Reply {

        <R> R match(Function<Status, R> status, Function<NoReply, R> noReply, Function<Untrusted, R> untrusted);

        /**
         * An HTTP answer.
         *
         * @param code from 100 to 599
         * @param body text, at most {@link OkHttpTransport#LONGEST_BODY} bytes
         * @param retryAfter the header of that name
         * @param location the header of that name
         */
        record Status(int code, String body, Optional<String> retryAfter, Optional<String> location) implements Reply {
            @Override
            public <R> R match(
                    Function<Status, R> status, Function<NoReply, R> noReply, Function<Untrusted, R> untrusted) {
                return status.apply(this);
            }
        }

        /** What a lack of an answer says of the other side. */
        enum Sign {
            /** Nobody is there: the host is not known, or nothing listens. */
            ABSENCE,
            /** It may be slow. */
            SILENCE
        }

        /** No connection, no answer in time, a broken answer. */
        record NoReply(String reason, Sign sign) implements Reply {

            NoReply(String reason) {
                this(reason, Sign.SILENCE);
            }

            @Override
            public <R> R match(
                    Function<Status, R> status, Function<NoReply, R> noReply, Function<Untrusted, R> untrusted) {
                return noReply.apply(this);
            }
        }

        /** The other side could not prove who it is. */
        record Untrusted(String reason) implements Reply {
            @Override
            public <R> R match(
                    Function<Status, R> status, Function<NoReply, R> noReply, Function<Untrusted, R> untrusted) {
                return untrusted.apply(this);
            }
        }
    }
}
