/**
 * Quarantine: which flaky tests run without failing the pipeline, for how long, and what earns their way back.
 *
 * <p>Pure functions over a list of entries; the caller stores the list and knows the time. A cached list works offline. Needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.flaky.quarantine;

import org.jspecify.annotations.NullMarked;
