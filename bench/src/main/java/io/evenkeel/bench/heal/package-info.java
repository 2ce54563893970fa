/**
 * Measures and trains the rankers of healing-core on labelled corpora.
 *
 * <p>A case is an element of the past, the candidates of a newer page, and which of them is right. Each case is asked twice: as it is,
 * and with the right element and its ancestors and descendants removed, where the answer must be <em>none</em>.
 */
@NullMarked
package io.evenkeel.bench.heal;

import org.jspecify.annotations.NullMarked;
