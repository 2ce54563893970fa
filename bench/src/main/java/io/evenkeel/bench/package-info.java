/**
 * Quality benchmarks over folders of recorded data, one command each; results are one JSON object a line.
 *
 * <p>A program that is never published. Each feature's benchmark is a package of its own.
 */
@NullMarked
package io.evenkeel.bench;

import org.jspecify.annotations.NullMarked;
