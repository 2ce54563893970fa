/**
 * Plans asked for by CI: the pipeline's own planner on what this coordinator remembers, stored so that whoever asks again
 * gets the same.
 */
@NullMarked
package io.evenkeel.coordinator.plan;

import org.jspecify.annotations.NullMarked;
