/**
 * How good the plans and the queue are on recorded suites, beside the rules of other tools.
 *
 * <p>Reads duration files, assigns or simulates, prints one line for each suite, number of machines and algorithm. The
 * rules of other tools are our own implementation of what they publish.
 */
@NullMarked
package io.evenkeel.bench.split;

import org.jspecify.annotations.NullMarked;
