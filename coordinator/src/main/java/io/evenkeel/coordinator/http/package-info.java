/**
 * The HTTP face: routes with their access and limits, problem documents, headers. Decides nothing about runs.
 *
 * <p>May use Javalin, Jackson and Micrometer. The contract is docs/reference/http-api.md and openapi.yaml.
 */
@NullMarked
package io.evenkeel.coordinator.http;

import org.jspecify.annotations.NullMarked;
