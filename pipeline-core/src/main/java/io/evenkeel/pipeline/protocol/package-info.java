/**
 * The events that travel from the reporter through the spool to the coordinator and the report, as values and as JSON.
 *
 * <p>The format is docs/reference/spool-events.md. May use Jackson; reads no file and opens no socket.
 */
@NullMarked
package io.evenkeel.pipeline.protocol;

import org.jspecify.annotations.NullMarked;
