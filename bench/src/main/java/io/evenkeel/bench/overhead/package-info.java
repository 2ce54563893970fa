/**
 * What Evenkeel costs and gains on a real suite: the plain command beside {@code evenkeel local}, in turns on the same machine.
 *
 * <p>Starts the programs a user would start and reads the reports they write.
 */
@NullMarked
package io.evenkeel.bench.overhead;

import org.jspecify.annotations.NullMarked;
