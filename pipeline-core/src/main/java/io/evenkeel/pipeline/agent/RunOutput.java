package io.evenkeel.pipeline.agent;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where the user's command prints to. Immutable. */
public sealed interface RunOutput {

    /** Returns the result of the function of this variant. */
    <T> T match(Supplier<T> shown, Function<Kept, T> kept);

    /** To our own streams, colours included. */
    record Shown() implements RunOutput {
        @Override
        public <T> T match(Supplier<T> shown, Function<Kept, T> kept) {
            return shown.get();
        }
    }

    /** Into a file, both streams together: several executors on one terminal would talk across each other. */
    record Kept(Path file) implements RunOutput {
        @Override
        public <T> T match(Supplier<T> shown, Function<Kept, T> kept) {
            return kept.apply(this);
        }
    }
}
