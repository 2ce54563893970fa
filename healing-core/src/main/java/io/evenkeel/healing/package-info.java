/**
 * The facade of the library: from the evidence of a failed test to a proposed locator and source edit, or to the reason why not.
 *
 * <p>Knows every other package of the library; starts no process, opens no socket, writes no file.
 */
@NullMarked
package io.evenkeel.healing;

import org.jspecify.annotations.NullMarked;
