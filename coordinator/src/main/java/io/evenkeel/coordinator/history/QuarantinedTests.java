package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.flaky.label.KnownHistory;
import io.evenkeel.flaky.quarantine.Quarantine;
import io.evenkeel.flaky.rate.Mark;
import io.evenkeel.flaky.rate.TestStanding;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The quarantine of a suite as a run finds it: fixed when the run is opened, except that broken tests leave it. One thread, one transaction. */
final class QuarantinedTests {

    private final Transaction tx;
    private final Instant now;
    private final Set<Long> active;

    private QuarantinedTests(Transaction tx, Instant now, Set<Long> active) {
        this.tx = tx;
        this.now = now;
        this.active = active;
    }

    static QuarantinedTests at(Transaction tx, long suiteId, Instant now) {
        return new QuarantinedTests(
                tx, now, new HashSet<>(tx.all("""
                        select q.test_id from quarantine q join test t on t.id = q.test_id
                        where t.suite_id = ? and q.released_ms = 0 and q.until_ms > ?""", row -> row.getLong(1), suiteId, now.toEpochMilli())));
    }

    KnownHistory.Quarantine of(long testId) {
        return active.contains(testId) ? KnownHistory.Quarantine.ACTIVE : KnownHistory.Quarantine.NONE;
    }

    /** Takes a test that has turned broken out at once; the reason names commits as people know them. */
    void returnWhenBroken(long testId, Supplier<TestStanding> standing, UnaryOperator<String> named) {
        if (!active.contains(testId)) {
            return;
        }
        TestStanding after = standing.get();
        if (after.mark() == Mark.BROKEN) {
            tx.later(
                    "update quarantine set released_ms = ?, released_why = ? where test_id = ?",
                    now.toEpochMilli(),
                    named.apply(Quarantine.whyBroken(after)),
                    testId);
        }
    }
}
