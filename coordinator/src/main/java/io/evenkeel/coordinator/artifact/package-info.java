/**
 * Files of attempts (traces, screenshots, videos), stored once by the hash of their content.
 *
 * <p>May read and write files; knows the table {@code artifact} and nothing of runs.
 */
@NullMarked
package io.evenkeel.coordinator.artifact;

import org.jspecify.annotations.NullMarked;
