/**
 * How long each test will probably take, from what earlier runs recorded.
 *
 * <p>Pure: lists and numbers in, durations with their source out; no files, no clock. JDK and JSpecify only. The file
 * {@code timings.json} is read and written by {@code estimate.json}.
 */
@NullMarked
package io.evenkeel.pipeline.estimate;

import org.jspecify.annotations.NullMarked;
