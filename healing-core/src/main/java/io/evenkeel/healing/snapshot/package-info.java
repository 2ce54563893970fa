/**
 * A page as it was at one moment: an immutable tree of elements with roles, names, text and visibility as a browser would compute
 * them from the document alone.
 *
 * <p>Pure; needs the JDK and JSpecify. Readers for traces, HTML and ARIA snapshots are packages of their own.
 */
@NullMarked
package io.evenkeel.healing.snapshot;

import org.jspecify.annotations.NullMarked;
