/**
 * Speaks to the coordinator over HTTP (docs/reference/http-api.md), and never lets it hold up the tests.
 *
 * <p>May use OkHttp and Jackson. Nothing here throws because of the network: each call answers with a variant of
 * {@link io.evenkeel.pipeline.client.Answer}.
 */
@NullMarked
package io.evenkeel.pipeline.client;

import org.jspecify.annotations.NullMarked;
