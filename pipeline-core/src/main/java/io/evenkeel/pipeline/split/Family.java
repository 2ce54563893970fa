package io.evenkeel.pipeline.split;

import java.time.Duration;

/**
 * A set-up that work items share: a project dependency, a worker fixture, an app version, a label.
 *
 * <p>Each lane that runs at least one item of the family pays the set-up once. Two families are the same when their
 * names are; families of one plan with the same name must have the same set-up. Immutable.
 *
 * @param name empty for {@link #none()}
 * @param setUp time of the set-up, from 0 to {@link WorkItem#LONGEST}
 */
public record Family(String name, Duration setUp) {

    private static final Family NONE = new Family("", Duration.ZERO);

    public Family {
        WorkItem.requireSane("set-up", setUp, "family (" + name + ")");
        if (name.isEmpty() && !setUp.isZero()) {
            throw new IllegalArgumentException("The set-up (" + setUp + ") of the family without a name must be 0.\n"
                    + "Maybe the family lacks its name.");
        }
    }

    /** Returns the family of items that share nothing; it costs nothing. */
    public static Family none() {
        return NONE;
    }
}
