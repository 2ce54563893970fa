package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.database.Database;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out keys of attempts, so that what belongs to one can be inserted in the same JDBC batch. Thread-safe. */
final class RowKeys {

    private final AtomicLong attempts;

    RowKeys(Database database) {
        attempts = new AtomicLong(database.reader()
                .withHandle(handle -> handle.createQuery("select coalesce(max(id), 0) from attempt")
                        .mapTo(Long.class)
                        .one()));
    }

    long nextAttempt() {
        return attempts.incrementAndGet();
    }
}
