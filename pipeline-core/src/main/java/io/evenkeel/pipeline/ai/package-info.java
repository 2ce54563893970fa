/**
 * Asks a language model which candidate is meant: off unless it is configured, and never needed.
 *
 * <p>Adapter: uses the JDK's HTTP client and Jackson.
 */
@NullMarked
package io.evenkeel.pipeline.ai;

import org.jspecify.annotations.NullMarked;
