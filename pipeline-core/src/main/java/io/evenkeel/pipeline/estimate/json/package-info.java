/**
 * The file {@code timings.json} of docs/reference/files.md. May use Jackson.
 */
@NullMarked
package io.evenkeel.pipeline.estimate.json;

import org.jspecify.annotations.NullMarked;
