/**
 * From a discovered suite and its timings to the shares of the executors: which tests stay together, what they cost, who runs them.
 *
 * <p>Pure. The packing itself is {@code pipeline.split}.
 */
@NullMarked
package io.evenkeel.pipeline.plan;

import org.jspecify.annotations.NullMarked;
