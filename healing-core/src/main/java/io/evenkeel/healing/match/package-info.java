/**
 * Ranks the elements of a page by how likely each is the one a broken locator meant, with the explicit answer <em>none</em>.
 *
 * <p>Pure; needs the JDK and JSpecify.
 */
@NullMarked
package io.evenkeel.healing.match;

import org.jspecify.annotations.NullMarked;
