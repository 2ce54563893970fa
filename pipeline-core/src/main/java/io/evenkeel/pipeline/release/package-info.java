/**
 * Lays another commit of a git repository over a copy of its work tree.
 *
 * <p>Adapter: uses JGit, reads the repository and never writes it.
 */
@NullMarked
package io.evenkeel.pipeline.release;

import org.jspecify.annotations.NullMarked;
