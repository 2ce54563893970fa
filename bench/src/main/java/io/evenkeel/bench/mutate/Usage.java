package io.evenkeel.bench.mutate;

import java.util.List;

/**
 * An element of the shop's pages that tests act on by one locator.
 *
 * <p>Immutable.
 *
 * @param file the page or part of a page it is written in, relative to the site, such as {@code common/login.html}
 * @param css finds it there, and in the page a browser has made of it
 * @param locator as Playwright prints it
 * @param method what the tests do, such as {@code click}
 * @param tests those that do it, in the order of the suite
 */
record Usage(String file, String css, String locator, String method, List<ActingTest> tests) {

    Usage {
        tests = List.copyOf(tests);
    }

    /**
     * A test that acts on the element.
     *
     * @param file as Playwright takes it on its command line
     * @param line of the test
     * @param project its project
     * @param mode {@code serial} tests are run with the whole file
     * @param session whether it needs somebody to be signed in
     */
    record ActingTest(String file, int line, String project, String mode, Session session) {

        /** Returns the argument that selects it. */
        String argument() {
            return mode.equals("serial") ? file : file + ":" + line;
        }
    }

    /** Whether a test begins signed in, which another test has to do before. */
    enum Session {
        NONE,
        SIGNED_IN
    }
}
