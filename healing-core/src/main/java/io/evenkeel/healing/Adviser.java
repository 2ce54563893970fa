package io.evenkeel.healing;

import io.evenkeel.healing.match.Similarity;
import io.evenkeel.healing.match.Tier;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Port: somebody who may be asked which of the best candidates is meant, such as a language model. Must not throw. */
@FunctionalInterface
public interface Adviser {

    /** Candidates an adviser is asked about at most. */
    int MOST_CANDIDATES = 8;

    /** Share of common words from which on two texts are no longer told apart by what they mean: "Sign in" and "Log in" have 1/3. */
    double TELLING = 0.5;

    /** Asks. */
    Advice ask(Question question);

    /** Returns what people know it by, as a sentence begins. */
    default String name() {
        return "The AI";
    }

    /**
     * What is asked; texts of the page and of the test source only, nothing that was typed.
     *
     * @param locator the broken locator
     * @param action what the test did with it
     * @param then what it found in a passing run; of one that was never seen only the texts in the locator are known
     * @param candidates best first, at most {@link #MOST_CANDIDATES}
     * @param alone what is done with the first without advice; {@link Tier#NONE} where the ranker decides nothing
     */
    record Question(String locator, String action, Described then, List<Described> candidates, Tier alone) {
        public Question {
            candidates = List.copyOf(candidates);
        }

        /**
         * Returns whether words alone tell which candidate is meant, or that nothing can be told by words: a candidate has at least half of all
         * the words of the two (Jaccard), or what is meant has none.
         */
        public boolean wordsTell() {
            Set<String> meant = Set.copyOf(Similarity.words(then.text()));
            return meant.isEmpty()
                    || candidates.stream()
                            .map(candidate -> Set.copyOf(Similarity.words(candidate.text())))
                            .anyMatch(words -> overlap(meant, words) >= TELLING);
        }

        private static double overlap(Set<String> a, Set<String> b) {
            long common = a.stream().filter(b::contains).count();
            return common / (double) (a.size() + b.size() - common);
        }
    }

    /**
     * An element in words.
     *
     * @param all role, name, identifying attributes and what it stands in; empty if the element was never seen
     * @param text only what a person calls it by; empty if it has no text
     */
    record Described(String all, String text) {}

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
