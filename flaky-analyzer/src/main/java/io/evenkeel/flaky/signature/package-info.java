/**
 * Which failures are the same failure: a stable fingerprint of an error text, its category, and which tests fail together.
 *
 * <p>Reads texts that tests wrote, so nothing here uses a regular expression and every loop is bounded. Needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.flaky.signature;

import org.jspecify.annotations.NullMarked;
