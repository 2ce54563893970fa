/**
 * What a test source says, in one form for all languages: expressions, names, classes, calls.
 *
 * <p>Adapter: reads tree-sitter's concrete syntax trees and keeps the bytes each thing is written in.
 */
@NullMarked
package io.evenkeel.healing.patch.tree;

import org.jspecify.annotations.NullMarked;
