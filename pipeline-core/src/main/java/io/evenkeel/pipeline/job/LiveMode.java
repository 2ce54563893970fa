package io.evenkeel.pipeline.job;

import io.evenkeel.healing.Destructive;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether a test may go on with another locator while it runs. Immutable. */
public sealed interface LiveMode {

    /** The default: a test with a broken locator fails. */
    LiveMode OFF = new Off();

    /** Returns the result of the function of this variant. */
    <T> T match(Supplier<T> off, Function<On, T> on);

    /** It may not. */
    record Off() implements LiveMode {
        @Override
        public <T> T match(Supplier<T> off, Function<On, T> on) {
            return off.get();
        }
    }

    /**
     * It may, where the reference of a passing run leaves no doubt.
     *
     * @param project folder the user types the command in
     * @param destructive names of elements that are never acted upon by a heal
     */
    record On(Path project, Destructive destructive) implements LiveMode {
        @Override
        public <T> T match(Supplier<T> off, Function<On, T> on) {
            return on.apply(this);
        }
    }
}
