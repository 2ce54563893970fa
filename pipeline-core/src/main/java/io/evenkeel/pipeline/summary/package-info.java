/**
 * What a run means: verdict of each test over all executors, the coverage proof, the exit code, and how they are told.
 *
 * <p>Events go in, values and text come out. May use Jackson; reads no file, no clock and no environment.
 */
@NullMarked
package io.evenkeel.pipeline.summary;

import org.jspecify.annotations.NullMarked;
