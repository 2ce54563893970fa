package io.evenkeel.pipeline.ai;

import io.evenkeel.healing.Adviser;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes an adviser when the words of a question do not tell the answer; one that cannot be made or fails is given up. One thread. */
final class LazyAdviser implements Adviser {

    private final Supplier<Adviser> maker;
    private final Consumer<String> warn;
    private @Nullable Adviser made;
    private boolean givenUp;

    LazyAdviser(Supplier<Adviser> maker, Consumer<String> warn) {
        this.maker = maker;
        this.warn = warn;
    }

    @Override
    public String name() {
        return made == null ? "The embedding" : made.name();
    }

    @Override
    public Advice ask(Question question) {
        if (givenUp || question.wordsTell()) {
            return new Advice.Silent("");
        }
        try {
            Adviser adviser = made == null ? maker.get() : made;
            made = adviser;
            return adviser.ask(question);
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            givenUp = true;
            String line = "The embeddings cannot be used, healing goes on without them: " + reason(e);
            warn.accept(line);
            return new Advice.Silent(line);
        }
    }

    /** A service that cannot be made says no more than that; what it says itself comes after it. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return message.endsWith(".") ? message : message + ".";
    }
}
