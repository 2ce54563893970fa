/**
 * Mutation runs: a change is made to the example shop's pages, its tests fail in a real browser, {@code evenkeel heal} repairs and
 * proves, and the element its repair acts on is compared with the one that was meant.
 *
 * <p>Starts the programs a user would start and reads the files they write.
 */
@NullMarked
package io.evenkeel.bench.mutate;

import org.jspecify.annotations.NullMarked;
