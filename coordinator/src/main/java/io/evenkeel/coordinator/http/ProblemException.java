package io.evenkeel.coordinator.http;

import java.time.Duration;
import java.util.Map;

/** Ends a request with a problem document; the message is the detail and says what to do. */
public final class ProblemException extends RuntimeException {

    private final int status;
    private final String title;
    private final Map<String, Object> extra;
    private final Duration retryAfter;

    private ProblemException(int status, String title, String detail, Map<String, Object> extra, Duration retryAfter) {
        super(detail);
        this.status = status;
        this.title = title;
        this.extra = Map.copyOf(extra);
        this.retryAfter = retryAfter;
    }

    static ProblemException of(int status, String title, String detail) {
        return new ProblemException(status, title, detail, Map.of(), Duration.ZERO);
    }

    static ProblemException badRequest(String detail) {
        return of(400, "Bad request", detail);
    }

    static ProblemException notFound(String detail) {
        return of(404, "Not found", detail);
    }

    static ProblemException tooLarge(String detail) {
        return of(413, "Too large", detail);
    }

    static ProblemException later(String detail, Duration retryAfter) {
        return new ProblemException(503, "Try again later", detail, Map.of(), retryAfter);
    }

    /** Returns this problem with one more member in its document. */
    ProblemException with(String name, Object value) {
        return new ProblemException(status, title, String.valueOf(getMessage()), Map.of(name, value), retryAfter);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    Map<String, Object> extra() {
        return extra;
    }

    /** Returns how long the caller should wait, zero when waiting does not help. */
    Duration retryAfter() {
        return retryAfter;
    }
}
