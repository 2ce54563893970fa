/**
 * The queue of a run: who may run which tests, while the run goes on.
 *
 * <p>{@link io.evenkeel.pipeline.queue.QueueMachine} decides, purely: time comes in as an argument and every change goes out to a
 * {@link io.evenkeel.pipeline.queue.Journal}. {@link io.evenkeel.pipeline.queue.WorkQueue} is what an agent sees of it, in this process
 * ({@link io.evenkeel.pipeline.queue.LocalQueue}) or behind HTTP ({@code pipeline.client}). JDK and {@code split} only.
 */
@NullMarked
package io.evenkeel.pipeline.queue;

import org.jspecify.annotations.NullMarked;
