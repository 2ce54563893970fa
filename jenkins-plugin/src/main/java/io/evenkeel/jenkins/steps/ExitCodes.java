package io.evenkeel.jenkins.steps;

import hudson.AbortException;

/** The documented exit codes of {@code evenkeel.jar}. */
final class ExitCodes {

    static final int PASSED = 0;
    static final int TESTS_FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final int INFRASTRUCTURE = 3;
    private static final int NOT_FOUND = 127;

    private ExitCodes() {}

    /** Returns why a call has failed that has not just found failing tests; the tool's own words are in the log above. */
    static AbortException failure(String what, int exitCode) {
        return new AbortException("Evenkeel: " + what + " "
                + switch (exitCode) {
                    case TESTS_FAILED ->
                        "ended before any test had run (exit code 1). The lines above say why; a file of tests may not load, or the packages may not be installed (npm ci).";
                    case WRONG_USE ->
                        "was called in a way that cannot work (exit code 2). The lines above say what to change.";
                    case INFRASTRUCTURE ->
                        "could not do all of its work (exit code 3). The lines above say why; Node.js may be missing here.";
                    case NOT_FOUND ->
                        "found no shell or no Java (exit code 127). Install Java 17 or newer in this container or on this agent.";
                    default ->
                        "was ended from outside (exit code " + exitCode + "). Maybe the machine ran out of memory.";
                });
    }
}
