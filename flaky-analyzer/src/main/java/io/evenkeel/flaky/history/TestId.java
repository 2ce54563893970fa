package io.evenkeel.flaky.history;

/**
 * Identity of one test of one suite.
 *
 * <p>Playwright's own id is unique inside one configuration file only, so packages of a monorepo need the suite beside it.
 * Immutable.
 *
 * @param suite the configuration file that defines the suite, relative to the repository, with {@code /} (for example
 *     {@code e2e/playwright.config.ts}); empty where the suite is not known
 * @param id Playwright's own id, {@code <20 hex digits>-<20 hex digits>}; already tells projects apart
 */
public record TestId(String suite, String id) implements Comparable<TestId> {

    public TestId {
        if (id.isBlank()) {
            throw new IllegalArgumentException("The id (" + id + ") of a test must not be blank.");
        }
    }

    @Override
    public int compareTo(TestId other) {
        int bySuite = suite.compareTo(other.suite);
        return bySuite != 0 ? bySuite : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return suite.isEmpty() ? id : suite + "#" + id;
    }
}
