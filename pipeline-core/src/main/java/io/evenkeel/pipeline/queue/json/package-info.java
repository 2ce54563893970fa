/**
 * What a queue answers, as in docs/reference/http-api.md: the coordinator writes it, agents read it. May use Jackson.
 */
@NullMarked
package io.evenkeel.pipeline.queue.json;

import org.jspecify.annotations.NullMarked;
