package io.evenkeel.pipeline.verify;

import java.util.List;
import java.util.function.Function;

/** What came of one run of chosen tests. */
public sealed interface RunResult {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<Ended, T> ended, Function<OutOfTime, T> outOfTime, Function<CouldNotRun, T> couldNotRun);

    /**
     * The runner came to its end.
     *
     * @param tests those that ran, set-up and teardown tests included
     */
    record Ended(List<TestRun> tests) implements RunResult {
        public Ended {
            tests = List.copyOf(tests);
        }

        @Override
        public <T> T match(
                Function<Ended, T> ended, Function<OutOfTime, T> outOfTime, Function<CouldNotRun, T> couldNotRun) {
            return ended.apply(this);
        }
    }

    /** The limit passed; the tests that had ended by then. */
    record OutOfTime(List<TestRun> tests) implements RunResult {
        public OutOfTime {
            tests = List.copyOf(tests);
        }

        @Override
        public <T> T match(
                Function<Ended, T> ended, Function<OutOfTime, T> outOfTime, Function<CouldNotRun, T> couldNotRun) {
            return outOfTime.apply(this);
        }
    }

    /** Nothing can be said: the suite does not load, a server does not start... The reason is one line with what to do. */
    record CouldNotRun(String reason) implements RunResult {
        @Override
        public <T> T match(
                Function<Ended, T> ended, Function<OutOfTime, T> outOfTime, Function<CouldNotRun, T> couldNotRun) {
            return couldNotRun.apply(this);
        }
    }
}
