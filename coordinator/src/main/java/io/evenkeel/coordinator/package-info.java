/**
 * The coordinator: one process that records runs, remembers tests, plans and shows.
 *
 * <p>This package is the program: settings, start and stop. Everything is wired by hand in {@link
 * io.evenkeel.coordinator.Coordinator}.
 */
@NullMarked
package io.evenkeel.coordinator;

import org.jspecify.annotations.NullMarked;
