package io.evenkeel.pipeline.client;

import io.evenkeel.pipeline.client.Transport.Exchange;
import io.evenkeel.pipeline.client.Transport.Reply;
import io.evenkeel.pipeline.client.Transport.Reply.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Asks until there is an answer, the coordinator refuses, or the time is used up.
 *
 * <p>Every route is idempotent, so any request may be repeated. A refusal that concerns the address or the token ends all later
 * requests without asking; it is said once. Thread-safe.
 */
final class Caller {

    /** What a coordinator may ask us to wait at most; more is taken for a mistake. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);

    private final Transport transport;
    private final Pace pace;
    private final RandomGenerator random;
    private final Consumer<String> notices;
    private final Backoff backoff = Backoff.standard();
    private final CircuitBreaker breaker;
    private final AtomicBoolean awaySaid = new AtomicBoolean();
    private volatile Optional<Answer<Status>> barred = Optional.empty();
    /** Why the last request got no answer; the breaker is open only after there was one. */
    private volatile String lastReason = "it did not answer a moment ago";

    Caller(Transport transport, Pace pace, RandomGenerator random, Consumer<String> notices) {
        this(transport, pace, random, notices, CircuitBreaker.standard());
    }

    Caller(Transport transport, Pace pace, RandomGenerator random, Consumer<String> notices, CircuitBreaker breaker) {
        this.breaker = breaker;
        this.transport = transport;
        this.pace = pace;
        this.random = random;
        this.notices = notices;
    }

    /**
     * Makes the exchange.
     *
     * @return any HTTP answer that means something to the route (2xx, 400, 404, 409, 413...) as {@link Answer.Delivered}
     */
    Answer<Status> call(Exchange exchange, Patience patience) {
        for (int attempt = 0; ; attempt++) {
            Optional<Answer<Status>> refused = barred;
            if (refused.isPresent()) {
                return refused.get();
            }
            Duration left = patience.left();
            if (left.isZero()) {
                return away("the time for the coordinator is used up");
            }
            if (!breaker.admits(pace.ticks())) {
                return away(lastReason);
            }
            Attempted attempted = attempt(exchange, patience);
            Optional<Answer<Status>> decided = attempted.decided();
            if (decided.isPresent()) {
                return decided.get();
            }
            Duration wait = longer(backoff.before(attempt, random), attempted.asked());
            if (Thread.currentThread().isInterrupted()
                    || wait.compareTo(patience.left()) >= 0
                    || !rest(wait, patience)) {
                return away(attempted.reason());
            }
        }
    }

    private Attempted attempt(Exchange exchange, Patience patience) {
        long begin = pace.ticks();
        Reply reply = transport.exchange(exchange, patience.nextLimit());
        long end = pace.ticks();
        patience.spend(Duration.ofNanos(end - begin));
        Attempted attempted = reply.match(
                this::judge,
                lost -> Attempted.again(lost.reason(), Duration.ZERO),
                no -> Attempted.done(
                        bar(
                                "its certificate is not trusted (" + no.reason() + ")",
                                "Give the JVM the certificate's authority (-Djavax.net.ssl.trustStore), or correct EVENKEEL_URL.")));
        if (attempted.decided().isEmpty()) {
            lastReason = attempted.reason();
        }
        if (attempted.decided().isPresent()) {
            breaker.succeeded();
        } else if (attempted.asked().isZero()) {
            breaker.failed(end);
        } else {
            breaker.restFor(end, attempted.asked());
        }
        return attempted;
    }

    private Attempted judge(Status status) {
        int code = status.code();
        if (code == 401 || code == 403) {
            return Attempted.done(bar(
                    "the token is not accepted (" + code + ")",
                    "Set EVENKEEL_TOKEN to the token of this project, or make a new one with the coordinator."));
        }
        if (code >= 300 && code < 400) {
            return Attempted.done(bar(
                    "the address answers with a redirect"
                            + status.location().map(l -> " to " + l).orElse(""),
                    "Set EVENKEEL_URL to the address of the coordinator itself."));
        }
        if (code == 408 || code == 425 || code == 429 || code >= 500) {
            return Attempted.again("it answered " + code, retryAfter(status));
        }
        awaySaid.set(false);
        return Attempted.done(new Answer.Delivered<>(status));
    }

    /** Ends all requests: the address or the token is wrong. */
    synchronized Answer<Status> bar(String reason, String remedy) {
        Answer<Status> refused = new Answer.Refused<>(reason, remedy);
        if (barred.isEmpty()) {
            barred = Optional.of(refused);
            notices.accept("The coordinator is not used: " + reason + ". " + remedy + " The tests run without it.");
        }
        return refused;
    }

    private Answer<Status> away(String reason) {
        if (awaySaid.compareAndSet(false, true)) {
            notices.accept("The coordinator"
                    + transport.address().map(at -> " at " + at).orElse("") + " does not answer: " + reason
                    + ". The tests run without it; results stay in the spool and are sent when it is back.");
        }
        return new Answer.Unreachable<>(reason);
    }

    private boolean rest(Duration wait, Patience patience) {
        try {
            pace.pause(wait);
            patience.spend(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration retryAfter(Status status) {
        String text = status.retryAfter().orElse("").strip();
        Duration asked = Duration.ZERO;
        try {
            if (text.matches("\\d{1,9}")) {
                asked = Duration.ofSeconds(Long.parseLong(text));
            } else if (!text.isEmpty()) {
                asked = Duration.between(
                        pace.now(),
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            }
        } catch (DateTimeException | ArithmeticException e) {
            asked = Duration.ZERO; // a header nobody can read asks for nothing
        }
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : asked;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** An attempt: a decision, or the reason to try again and the wait that was asked for. */
    private record Attempted(Optional<Answer<Status>> decided, String reason, Duration asked) {

        static Attempted done(Answer<Status> answer) {
            return new Attempted(Optional.of(answer), "", Duration.ZERO);
        }

        static Attempted again(String reason, Duration asked) {
            return new Attempted(Optional.empty(), reason, asked);
        }
    }
}
