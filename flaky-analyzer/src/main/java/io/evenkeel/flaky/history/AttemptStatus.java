package io.evenkeel.flaky.history;

import java.util.Optional;

/** How one attempt ended, in Playwright's own terms. */
public enum AttemptStatus {
    PASSED("passed"),
    FAILED("failed"),
    TIMED_OUT("timedOut"),
    SKIPPED("skipped"),
    INTERRUPTED("interrupted");

    private final String wireName;

    AttemptStatus(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the spelling of Playwright's reports, for example {@code timedOut}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the status with this spelling, empty when Playwright has no such status. */
    public static Optional<AttemptStatus> fromWireName(String name) {
        for (AttemptStatus status : values()) {
            if (status.wireName.equals(name)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
