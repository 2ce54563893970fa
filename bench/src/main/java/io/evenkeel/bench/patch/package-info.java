/** Measures the patcher on locator edits that maintainers of public suites made. Reads git directories, writes none. */
@NullMarked
package io.evenkeel.bench.patch;

import org.jspecify.annotations.NullMarked;
