/**
 * Reads the page a browser shows right now. {@link io.evenkeel.healing.live.LivePageReader} asks it through Playwright for Java, an optional dependency that
 * only its callers need; {@link io.evenkeel.healing.live.PageTokens} takes what another driver has brought. Asks the page, changes nothing on it.
 */
@NullMarked
package io.evenkeel.healing.live;

import org.jspecify.annotations.NullMarked;
