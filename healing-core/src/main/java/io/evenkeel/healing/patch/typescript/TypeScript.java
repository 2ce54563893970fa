package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.patch.tree.Language;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.List;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterTypescript;

/** TypeScript and JavaScript. */
public final class TypeScript implements Language {

    @Override
    public Dialect dialect() {
        return Dialect.TYPESCRIPT;
    }

    @Override
    public List<String> endings() {
        return List.of(".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs");
    }

    @Override
    public TSLanguage grammar() {
        return new TreeSitterTypescript();
    }

    @Override
    public Outline outline(SourceUnit unit) {
        return new TypeScriptLowering(unit).read();
    }

    @Override
    public List<String> imported(String module, String from, SourceFiles files) {
        return new Modules(files).candidates(module, from);
    }

    @Override
    public boolean bareMembers() {
        return false;
    }
}
