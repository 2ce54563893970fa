package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.List;

/**
 * Tests that must stay together, with the time they are estimated to take.
 *
 * <p>Immutable.
 *
 * @param id unique in a plan; decides between items of equal length, so that a plan never depends on the order of its
 *     input
 * @param tests Playwright's ids in the order they run, at least one, none twice
 * @param estimate time on one lane of speed 1, with the fixed cost of the item and without the set-up of its family;
 *     from 0 to {@link #LONGEST}
 * @param family set-up it shares with others
 * @param group what should run one after the other, for example the project (a change of project restarts worker and
 *     browser); empty for none. It orders a shard and never changes which shard an item is in
 */
public record WorkItem(String id, List<String> tests, Duration estimate, Family family, String group) {

    /** The longest estimate a plan accepts: what takes more than a week is a wrong number, not a test. */
    public static final Duration LONGEST = Duration.ofDays(7);

    public WorkItem {
        tests = List.copyOf(tests);
        if (tests.isEmpty()) {
            throw new IllegalArgumentException("The tests ([]) of work item (" + id + ") must hold at least one id.");
        }
        requireSane("estimate", estimate, "work item (" + id + ")");
    }

    /** Returns an item of one test that shares nothing, with the test's id. */
    public static WorkItem of(String id, Duration estimate) {
        return new WorkItem(id, List.of(id), estimate, Family.none(), "");
    }

    /** Returns this item with another family. */
    public WorkItem in(Family other) {
        return new WorkItem(id, tests, estimate, other, group);
    }

    static void requireSane(String name, Duration duration, String owner) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The " + name + " (" + duration + ") of " + owner
                    + " must be between 0 and " + LONGEST + ".\nMaybe a clock went backwards while it was recorded.");
        }
    }
}
