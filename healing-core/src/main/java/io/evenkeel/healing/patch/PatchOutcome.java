package io.evenkeel.healing.patch;

import io.evenkeel.healing.source.CallSite;
import java.util.function.Function;

/** What the search for the place to edit came to. */
public sealed interface PatchOutcome {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<Proposed, T> proposed, Function<Refused, T> refused);

    /** The definition was found and the edit is proven to change this locator only. */
    record Proposed(Patch patch) implements PatchOutcome {
        @Override
        public <T> T match(Function<Proposed, T> proposed, Function<Refused, T> refused) {
            return proposed.apply(this);
        }
    }

    /**
     * No edit is proposed.
     *
     * @param place the nearest known place a person should look at
     * @param reason one sentence
     */
    record Refused(CallSite place, String reason) implements PatchOutcome {
        @Override
        public <T> T match(Function<Proposed, T> proposed, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
