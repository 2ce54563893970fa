/**
 * Runs one share of a suite as one normal Playwright run, and proves that all of the share was run.
 *
 * <p>Starts processes and sends signals; talks to no server.
 */
@NullMarked
package io.evenkeel.pipeline.agent;

import org.jspecify.annotations.NullMarked;
