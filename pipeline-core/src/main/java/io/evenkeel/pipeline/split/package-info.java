/**
 * Which executor runs which tests: a plan as short as the estimates allow, its lower bound, and how many executors pay.
 *
 * <p>Everything here is a pure function of lists and numbers: no files, no clock, no environment, and the same answer on
 * every machine. JDK and JSpecify only. Files are read and written by {@code split.json}. The reasons behind the
 * algorithms, and what they reach on recorded suites, are in docs/explanation/splitting.md.
 */
@NullMarked
package io.evenkeel.pipeline.split;

import org.jspecify.annotations.NullMarked;
