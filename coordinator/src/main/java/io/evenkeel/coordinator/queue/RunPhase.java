package io.evenkeel.coordinator.queue;

/**
 * Where a run is on its way; each is kept in rows, so a restart changes nothing.
 *
 * <p>{@code PLANNED → RUNNING → FINISHED}, and from the first two to {@code CANCELLED}. A finished run can no longer be cancelled; a cancelled
 * one may still be finished by its report job, and stays cancelled.
 */
public enum RunPhase {
    /** Open, and no agent has taken part yet. */
    PLANNED,
    /** An agent has joined or an event has arrived. */
    RUNNING,
    /** The report job has said so. */
    FINISHED,
    /** Somebody has called it off. */
    CANCELLED;

    /** Returns the phase that the rows of a run mean. */
    static RunPhase of(long cancelledMs, long finishedMs, boolean begun) {
        if (cancelledMs > 0) {
            return CANCELLED;
        }
        return finishedMs > 0 ? FINISHED : begun ? RUNNING : PLANNED;
    }

    /** Returns the word of the API. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
