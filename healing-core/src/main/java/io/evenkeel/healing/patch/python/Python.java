package io.evenkeel.healing.patch.python;

import io.evenkeel.healing.patch.tree.Language;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterPython;

/** Python with Playwright for Python. */
public final class Python implements Language {

    @Override
    public Dialect dialect() {
        return Dialect.PYTHON;
    }

    @Override
    public List<String> endings() {
        return List.of(".py");
    }

    @Override
    public TSLanguage grammar() {
        return new TreeSitterPython();
    }

    @Override
    public Outline outline(SourceUnit unit) {
        return new PythonLowering(unit).read();
    }

    @Override
    public List<String> imported(String module, String from, SourceFiles files) {
        int slash = from.lastIndexOf('/');
        String folder = slash < 0 ? "" : from.substring(0, slash);
        int dots = 0;
        while (dots < module.length() && module.charAt(dots) == '.') {
            dots++;
        }
        String name = module.substring(dots).replace('.', '/');
        Set<String> found = new LinkedHashSet<>();
        List<String> bases = new ArrayList<>();
        if (dots > 0) {
            for (int i = 1; i < dots; i++) {
                folder = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
            }
            bases.add(joined(folder, name));
        } else {
            for (String root = folder; ; root = root.contains("/") ? root.substring(0, root.lastIndexOf('/')) : "") {
                bases.add(joined(root, name));
                if (root.isEmpty()) {
                    break;
                }
            }
        }
        for (String base : bases) {
            found.add(base + ".py");
            found.add(joined(base, "__init__.py"));
        }
        if (dots == 0) {
            for (String file : files.list()) {
                if (file.endsWith("/" + name + ".py") || file.endsWith("/" + name + "/__init__.py")) {
                    found.add(file);
                }
            }
        }
        return List.copyOf(found);
    }

    private static String joined(String folder, String name) {
        return folder.isEmpty() ? name : name.isEmpty() ? folder : folder + "/" + name;
    }

    @Override
    public boolean bareMembers() {
        return false;
    }

    /** A regular expression needs {@code import re}; that would be a second edit. */
    @Override
    public Optional<String> fitted(String code, SourceUnit unit) {
        boolean imported = unit.root.all("import_statement").stream()
                .anyMatch(i -> unit.text(i).matches("(?s)import\\s+(.*,\\s*)?re(\\s*,.*)?\\s*"));
        return code.contains("re.compile(") && !imported ? Optional.empty() : Optional.of(code);
    }
}
