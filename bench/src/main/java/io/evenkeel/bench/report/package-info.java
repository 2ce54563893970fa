/** How long the report job takes: real program, real Playwright, a large run made from a seed. */
@NullMarked
package io.evenkeel.bench.report;

import org.jspecify.annotations.NullMarked;
