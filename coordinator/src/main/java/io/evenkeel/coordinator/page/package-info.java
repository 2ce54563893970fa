/**
 * Pages for people: what each shows, as values, and the templates that show it.
 *
 * <p>Templates hold no logic beyond loops and conditions. Pages work without script for reading; no style or script stands inside
 * them.
 */
@NullMarked
package io.evenkeel.coordinator.page;

import org.jspecify.annotations.NullMarked;
