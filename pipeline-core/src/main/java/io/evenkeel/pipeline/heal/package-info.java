/**
 * From the failed attempts of a run to heals that are proven, explained and recorded.
 *
 * <p>Reads spools, traces and test sources; the decisions are {@code healing-core}'s, the proof is {@code pipeline.verify}'s.
 */
@NullMarked
package io.evenkeel.pipeline.heal;

import org.jspecify.annotations.NullMarked;
