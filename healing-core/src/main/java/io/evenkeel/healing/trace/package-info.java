/**
 * Reads Playwright's {@code trace.zip}, format versions 6 to 10: the DOM at each action and the element it resolved to.
 *
 * <p>Adapter: uses Jackson's streaming parser and the JDK's zip reader, within fixed bounds.
 */
@NullMarked
package io.evenkeel.healing.trace;

import org.jspecify.annotations.NullMarked;
