/**
 * Follows a failing call to where its locator is written, whatever the language, and edits that place.
 *
 * <p>Pure over {@link io.evenkeel.healing.patch.tree}; reads files through {@link io.evenkeel.healing.source.SourceFiles}.
 */
@NullMarked
package io.evenkeel.healing.patch.follow;

import org.jspecify.annotations.NullMarked;
