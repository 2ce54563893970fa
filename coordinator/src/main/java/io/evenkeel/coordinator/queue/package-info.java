/**
 * The durable queue of each run: {@code pipeline.queue} decides, every change is on disk before the answer goes out.
 *
 * <p>May use the database; knows nothing of HTTP.
 */
@NullMarked
package io.evenkeel.coordinator.queue;

import org.jspecify.annotations.NullMarked;
