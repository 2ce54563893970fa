/**
 * Reads the page a browser shows right now, through Playwright for Java, which is an optional dependency: only who calls this package
 * needs it. Asks the page, changes nothing on it.
 */
@NullMarked
package io.evenkeel.healing.live;

import org.jspecify.annotations.NullMarked;
