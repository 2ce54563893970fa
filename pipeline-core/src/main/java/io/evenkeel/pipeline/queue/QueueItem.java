package io.evenkeel.pipeline.queue;

import io.evenkeel.pipeline.split.WorkItem;
import java.time.Duration;
import java.util.List;

/**
 * Tests that are granted together.
 *
 * <p>Immutable.
 *
 * @param id unique in the queue
 * @param tests Playwright's ids in the order they run, at least one, none twice
 * @param estimate time on one lane, from 0 to {@link WorkItem#LONGEST}
 * @param handover what another agent gets when the first one dies in the middle
 */
public record QueueItem(String id, List<String> tests, Duration estimate, Handover handover) {

    /** What is handed over of an item that was begun. */
    public enum Handover {
        /** The tests without a result. */
        REST,
        /** All of it: the tests of a serial block build on each other. */
        WHOLE
    }

    public QueueItem {
        tests = List.copyOf(tests);
        if (tests.isEmpty()) {
            throw new IllegalArgumentException("The tests ([]) of queue item (" + id + ") must hold at least one id.");
        }
        if (estimate.isNegative() || estimate.compareTo(WorkItem.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The estimate (" + estimate + ") of queue item (" + id + ") must be between 0 and "
                            + WorkItem.LONGEST + ".\nMaybe a clock went backwards while it was recorded.");
        }
    }
}
