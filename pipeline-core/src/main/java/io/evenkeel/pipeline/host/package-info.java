/**
 * The CI around us: what its environment says about this run, and where results are told to.
 *
 * <p>{@link io.evenkeel.pipeline.host.CiHost} is the port a forge's module implements; what all forges do alike, as keeping one comment
 * under a change, is done here once. Takes maps and values, reads no clock and no environment; of a
 * project it looks up where its files lie, and opens none.
 */
@NullMarked
package io.evenkeel.pipeline.host;

import org.jspecify.annotations.NullMarked;
