/**
 * The local file of events the reporter writes while tests run: following it, and handing its events to a sink.
 *
 * <p>Reads and writes files under the spool folder; what is behind the sinks is somebody else's.
 */
@NullMarked
package io.evenkeel.pipeline.spool;

import org.jspecify.annotations.NullMarked;
