/**
 * Finds where a locator is written in the test sources and proposes a byte-exact edit of that place.
 *
 * <p>Values and the port; the syntax trees live in a package of their own.
 */
@NullMarked
package io.evenkeel.healing.patch;

import org.jspecify.annotations.NullMarked;
