/**
 * The file {@code timings.json} of docs/reference/files.md. Jackson and files; everything it reads becomes {@code estimate} values.
 */
@NullMarked
package io.evenkeel.pipeline.estimate.json;

import org.jspecify.annotations.NullMarked;
