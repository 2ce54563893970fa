package io.evenkeel.healing.patch.java;

import io.evenkeel.healing.patch.tree.Language;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterJava;

/** Java with Playwright for Java. */
public final class Java implements Language {

    private static final Map<String, String> PACKAGES = Map.of(
            "AriaRole", "com.microsoft.playwright.options.AriaRole",
            "Page", "com.microsoft.playwright.Page",
            "Locator", "com.microsoft.playwright.Locator",
            "FrameLocator", "com.microsoft.playwright.FrameLocator",
            "Pattern", "java.util.regex.Pattern");

    @Override
    public Dialect dialect() {
        return Dialect.JAVA;
    }

    @Override
    public List<String> endings() {
        return List.of(".java");
    }

    @Override
    public TSLanguage grammar() {
        return new TreeSitterJava();
    }

    @Override
    public Outline outline(SourceUnit unit) {
        return new JavaLowering(unit).read();
    }

    @Override
    public List<String> imported(String module, String from, SourceFiles files) {
        String path = module.replace('.', '/') + ".java";
        List<String> found = new ArrayList<>();
        for (String file : files.list()) {
            if (file.equals(path) || file.endsWith("/" + path)) {
                found.add(file);
            }
        }
        return found;
    }

    @Override
    public boolean bareMembers() {
        return true;
    }

    /** Qualifies the classes the file does not import; a file without any import of Playwright is taken as it is. */
    @Override
    public Optional<String> fitted(String code, SourceUnit unit) {
        List<String> imports = unit.root.all("import_declaration").stream()
                .map(unit::text)
                .filter(i -> !i.contains(" static "))
                .map(i -> i.replaceFirst("^import\\s+", "").replaceFirst("\\s*;$", ""))
                .toList();
        if (imports.stream().noneMatch(i -> i.startsWith("com.microsoft.playwright."))) {
            return Optional.of(code);
        }
        String fitted = code;
        for (Map.Entry<String, String> entry : PACKAGES.entrySet()) {
            String all = entry.getValue().replaceFirst("\\w+$", "*");
            if (!imports.contains(entry.getValue()) && !imports.contains(all)) {
                fitted = outsideStrings(fitted, entry.getKey(), entry.getValue());
            }
        }
        return Optional.of(fitted);
    }

    private static String outsideStrings(String code, String name, String qualified) {
        StringBuilder out = new StringBuilder();
        boolean string = false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (string && c == '\\') {
                out.append(c).append(code.charAt(++i));
                continue;
            }
            string ^= c == '"';
            boolean starts = !string
                    && code.startsWith(name + ".", i)
                    && (i == 0 || (!Character.isJavaIdentifierPart(code.charAt(i - 1)) && code.charAt(i - 1) != '.'));
            if (starts) {
                out.append(qualified);
                i += name.length() - 1;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
