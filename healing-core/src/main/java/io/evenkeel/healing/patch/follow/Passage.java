package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.SourceUnit;
import java.util.List;

/**
 * A name through which a text or a locator came.
 *
 * @param unit the file the name is set in
 * @param variable the variable or parameter; none for a member
 */
record Passage(DefinitionKind kind, String name, SourceUnit unit, List<Binding> variable) {}
