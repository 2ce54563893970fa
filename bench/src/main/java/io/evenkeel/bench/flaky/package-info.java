/**
 * Measures the judgement of tests on recorded and simulated histories, beside the rules other tools use.
 *
 * <p>Files are recognised by suffix, so any folder of the same formats can be measured. Truth is only ever used to score.
 */
@NullMarked
package io.evenkeel.bench.flaky;

import org.jspecify.annotations.NullMarked;
