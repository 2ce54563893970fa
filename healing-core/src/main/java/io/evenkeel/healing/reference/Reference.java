package io.evenkeel.healing.reference;

import io.evenkeel.healing.source.CallSite;

/**
 * The element one locator call resolved to in a passing run.
 *
 * <p>Immutable.
 *
 * @param site where the call stands
 * @param locator the locator as Playwright prints it
 * @param action the operation, such as {@code click}
 * @param element the element it resolved to
 * @param page the page it was on
 */
public record Reference(CallSite site, String locator, String action, Fingerprint element, PageFacts page) {}
