/** A server that holds clients to an OpenAPI document, for the tests of the forges. */
@NullMarked
package io.evenkeel.pipeline.contract;

import org.jspecify.annotations.NullMarked;
