package io.evenkeel.healing;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Port: somebody who may be asked which of the best candidates is meant, such as a language model. Must not throw. */
@FunctionalInterface
public interface Adviser {

    /** Candidates an adviser is asked about at most. */
    int MOST_CANDIDATES = 8;

    /** Returns an adviser that never says anything: the ranker decides alone. */
    static Adviser nobody() {
        return question -> new Advice.Silent("");
    }

    /** Asks. */
    Advice ask(Question question);

    /**
     * What is asked; texts of the page and of the test source only, nothing that was typed.
     *
     * @param locator the broken locator
     * @param action what the test did with it
     * @param then what it found in a passing run; empty if that is not known
     * @param candidates best first, at most {@link #MOST_CANDIDATES}
     */
    record Question(String locator, String action, String then, List<String> candidates) {
        public Question {
            candidates = List.copyOf(candidates);
        }
    }

    /** What an adviser says. */
    sealed interface Advice {

        /** Returns the result of the function of this variant. */
        <T> T match(IntFunction<T> chosen, Supplier<T> none, Function<String, T> silent);

        /** This candidate, counted from 0. */
        record Chosen(int index) implements Advice {
            @Override
            public <T> T match(IntFunction<T> chosen, Supplier<T> none, Function<String, T> silent) {
                return chosen.apply(index);
            }
        }

        /** None of them. */
        record None() implements Advice {
            @Override
            public <T> T match(IntFunction<T> chosen, Supplier<T> none, Function<String, T> silent) {
                return none.get();
            }
        }

        /** No advice; the reason is for people. */
        record Silent(String reason) implements Advice {
            @Override
            public <T> T match(IntFunction<T> chosen, Supplier<T> none, Function<String, T> silent) {
                return silent.apply(reason);
            }
        }
    }
}
