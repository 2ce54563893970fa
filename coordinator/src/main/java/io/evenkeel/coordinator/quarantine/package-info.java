/**
 * The quarantine of each suite: who answers for which test until when, what is advised, and what has left why.
 *
 * <p>The rules are those of {@code io.evenkeel.flaky.quarantine}; here they meet the database and the clock.
 */
@NullMarked
package io.evenkeel.coordinator.quarantine;

import org.jspecify.annotations.NullMarked;
