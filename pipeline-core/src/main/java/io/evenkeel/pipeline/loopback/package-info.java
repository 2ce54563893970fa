/**
 * A small HTTP server for our scripts inside of the user's processes, on this machine only.
 *
 * <p>Knows nothing of what is asked.
 */
@NullMarked
package io.evenkeel.pipeline.loopback;

import org.jspecify.annotations.NullMarked;
