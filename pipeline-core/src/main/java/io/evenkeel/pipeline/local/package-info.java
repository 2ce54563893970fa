/**
 * Several executors on one machine: whether that can work for a suite, and a place for each where they do not disturb one another.
 *
 * <p>Copies files; the decision itself is pure.
 */
@NullMarked
package io.evenkeel.pipeline.local;

import org.jspecify.annotations.NullMarked;
