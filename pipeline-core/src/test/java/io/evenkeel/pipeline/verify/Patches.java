package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.CallSite;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Patches of texts, for tests. */
final class Patches {

    private Patches() {}

    /** Replaces the only occurrence of a text. */
    static Patch replace(String file, String source, String before, String after, CallSite... users) {
        int start = source.substring(0, source.indexOf(before)).getBytes(StandardCharsets.UTF_8).length;
        int end = start + before.getBytes(StandardCharsets.UTF_8).length;
        int line = (int) source.substring(0, source.indexOf(before))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Patch(
                file,
                new Patch.Range(start, end),
                before,
                after,
                new Patch.Definition(DefinitionKind.FIELD, "buy", new CallSite(file, line, 1), List.of(users)));
    }
}
