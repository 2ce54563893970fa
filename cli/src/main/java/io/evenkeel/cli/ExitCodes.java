package io.evenkeel.cli;

/** The documented exit codes of every command. */
final class ExitCodes {

    /** Passed, or done. */
    static final int PASSED = 0;

    /** Tests failed, there were none, or they could not be loaded, as Playwright says. */
    static final int TESTS_FAILED = 1;

    /** Wrong use; nothing was run. */
    static final int WRONG_USE = 2;

    /** Tests could not be run, or it is not proven that all were. Never because the coordinator is away. */
    static final int INFRASTRUCTURE = 3;

    private ExitCodes() {}
}
