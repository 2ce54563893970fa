package io.evenkeel.healing.classify;

import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;

/**
 * What the errors of one attempt say.
 *
 * <p>Immutable.
 *
 * @param failureClass the class
 * @param reason one sentence for people that names the evidence
 * @param locator the failing locator as Playwright prints it, such as {@code getByRole('button', { name: 'Sign in' })}; empty if
 *     none is named
 * @param action the operation, such as {@code click} or {@code toBeVisible}; empty if unknown
 * @param stack the way to the failing call in the user's code
 */
public record Classification(FailureClass failureClass, String reason, String locator, String action, CallStack stack) {

    /** Returns where the failing call stands in the user's code. */
    public CallSite place() {
        return stack.place();
    }

    /** Returns this classification turned into another class for a reason found later. */
    public Classification as(FailureClass other, String otherReason) {
        return new Classification(other, otherReason, locator, action, stack);
    }
}
