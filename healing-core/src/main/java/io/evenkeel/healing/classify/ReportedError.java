package io.evenkeel.healing.classify;

import io.evenkeel.healing.source.CallSite;

/**
 * One entry of {@code errors[]} of a Playwright test result.
 *
 * <p>Immutable. Terminal colours may be present in the texts.
 *
 * @param message the message with its call log; empty if the report has none
 * @param stack the stack; empty if the report has none
 * @param location the top frame in the user's code
 */
public record ReportedError(String message, String stack, CallSite location) {}
