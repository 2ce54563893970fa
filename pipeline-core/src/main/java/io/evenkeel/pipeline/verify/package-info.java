/**
 * Proves a repair by running tests: first without it, then with it, in a copy of the project that is thrown away.
 *
 * <p>Copies files and runs tests through the {@link io.evenkeel.pipeline.verify.TestRunner} port; decides nothing about tiers.
 */
@NullMarked
package io.evenkeel.pipeline.verify;

import org.jspecify.annotations.NullMarked;
