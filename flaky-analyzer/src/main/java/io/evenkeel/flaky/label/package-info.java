/**
 * What to tell a person about each failure of a run: new, known flaky, red on main, quarantined or infrastructure, and why.
 *
 * <p>Pure functions of history and run; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.flaky.label;

import org.jspecify.annotations.NullMarked;
