/**
 * Reads HTML into snapshots.
 *
 * <p>Adapter: uses jsoup.
 */
@NullMarked
package io.evenkeel.healing.html;

import org.jspecify.annotations.NullMarked;
