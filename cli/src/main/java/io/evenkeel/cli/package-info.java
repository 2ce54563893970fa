/**
 * The command line: options in, calls of {@code io.evenkeel.pipeline}, text and exit codes out.
 *
 * <p>{@link io.evenkeel.cli.EvenkeelMain} is the composition root. Human text goes to standard error, {@code --json} to standard
 * output. No decision about tests is made here.
 */
@NullMarked
package io.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
