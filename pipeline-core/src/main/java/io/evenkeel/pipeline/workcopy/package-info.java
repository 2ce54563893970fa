/**
 * Copies of a project in which tests can run and write without touching it: one for each local executor, one for each proof of a repair.
 *
 * <p>Uses files only.
 */
@NullMarked
package io.evenkeel.pipeline.workcopy;

import org.jspecify.annotations.NullMarked;
