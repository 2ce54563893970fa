/** Reads tests written in Python with Playwright for Python, sync or async. */
@NullMarked
package io.evenkeel.healing.patch.python;

import org.jspecify.annotations.NullMarked;
