/**
 * Finds and edits locators in TypeScript and JavaScript sources.
 *
 * <p>Adapter: uses tree-sitter's concrete syntax tree, so that every byte outside the edit stays as it is.
 */
@NullMarked
package io.evenkeel.healing.patch.typescript;

import org.jspecify.annotations.NullMarked;
