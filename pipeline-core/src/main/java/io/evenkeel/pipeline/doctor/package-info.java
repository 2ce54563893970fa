/**
 * What is there, what is missing and how to mend it: everything a run needs on this machine, looked at without changing anything.
 *
 * <p>Reads files and starts {@code --version} commands; each look is bounded in time.
 */
@NullMarked
package io.evenkeel.pipeline.doctor;

import org.jspecify.annotations.NullMarked;
