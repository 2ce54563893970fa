/**
 * The quarantine as the executors know it: a list that works without a coordinator, and what it excuses.
 *
 * <p>Playwright has no test that runs and does not fail the pipeline; so the exit code is computed here, from the attempts and the list. May use Jackson and files.
 */
@NullMarked
package io.evenkeel.pipeline.quarantine;

import org.jspecify.annotations.NullMarked;
