/**
 * The files {@code plan.json} and {@code shard-<i>.txt} of docs/reference/files.md. Jackson and files; planning itself is in
 * {@code split}.
 */
@NullMarked
package io.evenkeel.pipeline.split.json;

import org.jspecify.annotations.NullMarked;
