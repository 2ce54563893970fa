package io.evenkeel.healing;

import io.evenkeel.healing.source.SourceFiles;

/**
 * What is known of the project under test.
 *
 * @param root folder of the checkout the reported paths lie in, absolute; empty if unknown
 * @param testIdAttribute the attribute of {@code getByTestId}; a trace that names another one wins
 * @param sources the test sources
 */
public record Project(String root, String testIdAttribute, SourceFiles sources) {

    /** Playwright's own default. */
    public static final String DEFAULT_TEST_ID_ATTRIBUTE = "data-testid";
}
