package io.evenkeel.pipeline.client;

import java.time.Duration;

/**
 * Real HTTP over real sockets, with a time of its own: a limit that is reached costs its full length on the manual pace and only a
 * moment on the clock of the machine; an answer costs what the test says.
 */
final class ScaledTransport implements Transport {

    /** Long enough for an answer on the loopback of a busy machine, short enough to hang often. */
    private static final Duration REAL_LIMIT = Duration.ofMillis(400);

    private final Transport real;
    private final ManualPace pace;
    private final Duration perAnswer;
    private final Duration realLimit;

    ScaledTransport(Transport real, ManualPace pace, Duration perAnswer) {
        this(real, pace, perAnswer, Duration.ofSeconds(20));
    }

    private ScaledTransport(Transport real, ManualPace pace, Duration perAnswer, Duration realLimit) {
        this.real = real;
        this.pace = pace;
        this.perAnswer = perAnswer;
        this.realLimit = realLimit;
    }

    /** For servers that never answer. */
    static ScaledTransport impatient(Transport real, ManualPace pace) {
        return new ScaledTransport(real, pace, Duration.ZERO, REAL_LIMIT);
    }

    @Override
    public Reply exchange(Exchange exchange, Duration limit) {
        if (perAnswer.compareTo(limit) > 0) {
            pace.pause(limit);
            return new Reply.NoReply("no answer in time");
        }
        Reply reply = real.exchange(exchange, realLimit);
        boolean late = reply.match(s -> false, n -> n.reason().equals("no answer in time"), u -> false);
        pace.pause(late ? limit : perAnswer);
        return reply;
    }

    @Override
    public void close() {
        real.close();
    }
}
