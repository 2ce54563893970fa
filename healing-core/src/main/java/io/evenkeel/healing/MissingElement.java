package io.evenkeel.healing;

import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.source.CallSite;

/**
 * An action that waits for an element right now and finds none.
 *
 * <p>Immutable.
 *
 * @param call what waits
 * @param page the page as it is
 * @param references what was learned from passing runs
 * @param project the project under test
 */
public record MissingElement(Call call, DomSnapshot page, ReferenceBook references, Project project) {

    /**
     * A call of the test.
     *
     * @param locator as Playwright prints it
     * @param action the operation, such as {@code click}; never an assertion
     * @param place where it stands
     */
    public record Call(String locator, String action, CallSite place) {}
}
