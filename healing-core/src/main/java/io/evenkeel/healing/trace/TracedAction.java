package io.evenkeel.healing.trace;

import io.evenkeel.healing.source.CallSite;

/**
 * One call of Playwright's API in a trace.
 *
 * <p>Immutable.
 *
 * @param callId its id in the trace
 * @param method such as {@code click} or {@code expect}
 * @param locator as Playwright prints it; empty if the call has none
 * @param place top frame in the user's code, the absolute path of the machine that ran it
 * @param failed whether it ended with an error
 */
public record TracedAction(String callId, String method, String locator, CallSite place, boolean failed) {}
