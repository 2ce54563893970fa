/**
 * Who may do what: projects, their tokens, the access each route declares, signed addresses of artifacts.
 *
 * <p>Knows the tables {@code project} and {@code token}; opens no socket.
 */
@NullMarked
package io.evenkeel.coordinator.access;

import org.jspecify.annotations.NullMarked;
