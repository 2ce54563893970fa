package io.evenkeel.pipeline.discover;

import java.util.function.Function;

/**
 * What came of looking for the tests of a command.
 *
 * <p>Immutable.
 */
public sealed interface DiscoveryOutcome {

    /** Calls the function for this variant. */
    <T> T match(Function<Found, T> found, Function<Failed, T> failed);

    /** The suite, with at least one test. */
    record Found(Suite suite) implements DiscoveryOutcome {
        @Override
        public <T> T match(Function<Found, T> found, Function<Failed, T> failed) {
            return found.apply(this);
        }
    }

    /**
     * No suite.
     *
     * @param problem what kind of failure
     * @param message one line that says what is wrong and what to do
     */
    record Failed(Problem problem, String message) implements DiscoveryOutcome {
        @Override
        public <T> T match(Function<Found, T> found, Function<Failed, T> failed) {
            return failed.apply(this);
        }
    }

    /** Why there is no suite, with the exit code of the command line tool. */
    enum Problem {
        /** The user gave an option that cannot work here. */
        WRONG_USE(2),
        /** Node or the program of the command is not there. */
        NO_PROGRAM(3),
        /** Playwright is not installed in the folder, or too old. */
        NO_PLAYWRIGHT(3),
        /** The configuration throws, or is not there. */
        CONFIG_BROKEN(1),
        /** The files hold no test, or the user's filters leave none. */
        NO_TESTS(1),
        /** A test file cannot be loaded. */
        LOAD_ERROR(1),
        /** The command ended without loading our reporter, or took too long. */
        NO_ANSWER(3);

        private final int exitCode;

        Problem(int exitCode) {
            this.exitCode = exitCode;
        }

        /** Returns 1, 2 or 3, as documented for all commands. */
        public int exitCode() {
            return exitCode;
        }
    }
}
