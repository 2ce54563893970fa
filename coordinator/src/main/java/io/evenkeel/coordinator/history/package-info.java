/**
 * What is remembered of tests and suites over all runs: durations, daily counts, fixed costs of machines.
 *
 * <p>Written by the transaction that records an attempt, so no page ever aggregates raw attempts.
 */
@NullMarked
package io.evenkeel.coordinator.history;

import org.jspecify.annotations.NullMarked;
