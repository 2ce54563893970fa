/**
 * Speaks with {@code evenkeel-heal.cjs} while tests run: which page waits for what, and with which locator a test may go on.
 *
 * <p>The decision is {@code pipeline.heal}'s. Listens on this machine only; writes no file.
 */
@NullMarked
package io.evenkeel.pipeline.live;

import org.jspecify.annotations.NullMarked;
