package io.evenkeel.pipeline.summary;

import java.time.Duration;

/**
 * Which run it was and how long it took.
 *
 * <p>Immutable.
 *
 * @param run run key
 * @param suite configuration file, empty when not known
 * @param playwright version, empty when not known
 * @param wall time of the slowest executor
 * @param testTime time of all attempts on all executors
 */
public record RunFacts(String run, String suite, String playwright, Duration wall, Duration testTime) {}
