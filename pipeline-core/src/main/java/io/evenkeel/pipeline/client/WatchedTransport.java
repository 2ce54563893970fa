package io.evenkeel.pipeline.client;

import java.time.Duration;
import java.util.Optional;

/** Notes of every exchange whether the coordinator is there. Thread-safe. */
final class WatchedTransport implements Transport {

    private final Transport real;
    private final Presence presence = new Presence();

    WatchedTransport(Transport real) {
        this.real = real;
    }

    Presence presence() {
        return presence;
    }

    @Override
    public Reply exchange(Exchange exchange, Duration limit) {
        Reply reply = real.exchange(exchange, limit);
        presence.learn(reply);
        return reply;
    }

    @Override
    public Optional<String> address() {
        return real.address();
    }

    @Override
    public void close() {
        real.close();
    }
}
