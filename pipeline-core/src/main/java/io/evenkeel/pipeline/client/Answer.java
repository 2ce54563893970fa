package io.evenkeel.pipeline.client;

import java.util.Optional;
import java.util.function.Function;

/**
 * What came of one request to the coordinator.
 *
 * <p>Immutable.
 *
 * @param <T> what the coordinator answers with
 */
public sealed interface Answer<T> {

    /** Returns the result of the function of this variant. */
    <R> R match(
            Function<Delivered<T>, R> delivered,
            Function<Refused<T>, R> refused,
            Function<Unreachable<T>, R> unreachable);

    /** Returns the value the coordinator answered with; empty when there is none. */
    default Optional<T> value() {
        return match(d -> Optional.of(d.answered()), r -> Optional.empty(), u -> Optional.empty());
    }

    /** The coordinator has it, and answered. */
    record Delivered<T>(T answered) implements Answer<T> {
        @Override
        public <R> R match(
                Function<Delivered<T>, R> delivered,
                Function<Refused<T>, R> refused,
                Function<Unreachable<T>, R> unreachable) {
            return delivered.apply(this);
        }
    }

    /**
     * Asking again would be answered alike: a wrong token, a wrong address, a request the coordinator does not accept.
     *
     * @param reason what was refused
     * @param remedy what a person can do
     */
    record Refused<T>(String reason, String remedy) implements Answer<T> {
        @Override
        public <R> R match(
                Function<Delivered<T>, R> delivered,
                Function<Refused<T>, R> refused,
                Function<Unreachable<T>, R> unreachable) {
            return refused.apply(this);
        }
    }

    /**
     * Nobody answered in time; later it may go well.
     *
     * @param reason what happened instead
     */
    record Unreachable<T>(String reason) implements Answer<T> {
        @Override
        public <R> R match(
                Function<Delivered<T>, R> delivered,
                Function<Refused<T>, R> refused,
                Function<Unreachable<T>, R> unreachable) {
            return unreachable.apply(this);
        }
    }

    /** Returns this answer with its value replaced by the result of the function. */
    default <R> Answer<R> map(Function<T, R> function) {
        return flatMap(value -> new Delivered<>(function.apply(value)));
    }

    /** Returns the answer the function makes of the value, or this one where there is no value. */
    default <R> Answer<R> flatMap(Function<T, Answer<R>> function) {
        return match(
                d -> function.apply(d.answered()),
                r -> new Refused<>(r.reason(), r.remedy()),
                u -> new Unreachable<>(u.reason()));
    }
}
