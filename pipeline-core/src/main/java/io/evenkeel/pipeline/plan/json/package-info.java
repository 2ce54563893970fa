/**
 * The file {@code plan.json} of docs/reference/files.md. May use Jackson.
 */
@NullMarked
package io.evenkeel.pipeline.plan.json;

import org.jspecify.annotations.NullMarked;
