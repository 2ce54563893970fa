package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Container;
import io.evenkeel.healing.patch.follow.Meaning.Located;
import io.evenkeel.healing.patch.follow.Meaning.Said;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.SourceUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A name through which a text or a locator came.
 *
 * @param unit the file the name is set in
 * @param variable the variable or parameter; none for a member
 */
record Passage(DefinitionKind kind, String name, SourceUnit unit, List<Binding> variable) {

    /** Returns whether this is the variable of a loop, which stands for each element in turn. */
    boolean loop() {
        return !variable.isEmpty() && variable.get(0).kind() == Binding.Kind.LOOP;
    }

    /** Notes on what a name stands for that it came through the name. */
    static List<Meaning> through(List<Meaning> meanings, Passage passage) {
        List<Meaning> all = new ArrayList<>();
        for (Meaning meaning : meanings) {
            if (meaning instanceof Located located) {
                all.add(new Located(located.chain().through(passage)));
            } else if (meaning instanceof Said said) {
                all.add(new Said(through(said.value(), passage)));
            } else if (meaning instanceof Container container) {
                List<Passage> passages = new ArrayList<>(container.passages());
                passages.add(passage);
                all.add(new Container(container.unit(), container.literal(), container.scope(), passages));
            } else {
                all.add(meaning);
            }
        }
        return all;
    }

    private static Value through(Value value, Passage passage) {
        if (value instanceof Value.Text text) {
            return new Value.Text(
                    text.pieces().stream().map(p -> p.through(passage)).toList());
        }
        return value instanceof Value.Regex regex
                ? new Value.Regex(regex.source().through(passage), regex.flags())
                : value;
    }
}
