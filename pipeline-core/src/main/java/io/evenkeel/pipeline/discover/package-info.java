/**
 * Finds out which tests a user's own Playwright command would run, and which of them must stay together.
 *
 * <p>Runs the command once in list mode; no test, global set-up or web server is started.
 */
@NullMarked
package io.evenkeel.pipeline.discover;

import org.jspecify.annotations.NullMarked;
