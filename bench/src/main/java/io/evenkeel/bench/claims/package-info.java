/** How fast the coordinator hands out work: real program, real HTTP, real disk. */
@NullMarked
package io.evenkeel.bench.claims;

import org.jspecify.annotations.NullMarked;
