package io.evenkeel.healing.aria;

import io.evenkeel.healing.snapshot.DomSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the page snapshot of an {@code error-context.md}: roles and names, one node a line, nested by indentation.
 *
 * <p>What comes out has {@code role} and {@code aria-label} attributes and text; no ids, classes or test ids, because the snapshot has
 * none. Pure and thread-safe.
 */
public final class AriaSnapshotReader {

    private static final Pattern BLOCK = Pattern.compile("(?s)# Page snapshot\\s+```ya?ml\\n(.*?)\\n```");
    private static final Pattern NODE = Pattern.compile(
            "^( *)- (?:'((?:[^']++|'')*+)'|([^:\"\\[]+?)(?: \"((?:[^\"\\\\]++|\\\\.)*+)\"| /((?:[^/\\\\]++|\\\\.)*+)/)?((?: \\[[^\\]]*\\])*))(:(?: (.*))?)?$");
    private static final Pattern INNER =
            Pattern.compile("^([\\w-]+)(?: \"((?:[^\"\\\\]++|\\\\.)*+)\")?((?: \\[[^\\]]*\\])*)$");
    private static final Pattern LEVEL = Pattern.compile("\\[level=(\\d)\\]");

    private AriaSnapshotReader() {}

    /** Returns the page described by an {@code error-context.md}, or empty if it has no page snapshot. */
    public static Optional<DomSnapshot> fromErrorContext(String markdown) {
        Matcher block = BLOCK.matcher(markdown.replace("\r\n", "\n"));
        return block.find() ? Optional.of(read(block.group(1))) : Optional.empty();
    }

    /** Reads the YAML of an ARIA snapshot; lines of a form not known are skipped. */
    public static DomSnapshot read(String yaml) {
        DomSnapshot.Builder out = DomSnapshot.at("");
        out.open("html", Map.of());
        out.open("body", Map.of());
        Deque<Integer> open = new ArrayDeque<>();
        for (String line : (Iterable<String>) yaml.lines()::iterator) {
            Matcher node = NODE.matcher(line);
            if (!node.matches()) {
                continue;
            }
            int indent = node.group(1).length();
            while (!open.isEmpty() && open.getFirst() >= indent) {
                open.pop();
                out.close();
            }
            String value = unquote(Optional.ofNullable(node.group(8)).orElse(""));
            String role = node.group(3);
            String name = Optional.ofNullable(node.group(4)).orElse("");
            String flags = Optional.ofNullable(node.group(6)).orElse("");
            if (role == null) {
                Matcher inner = INNER.matcher(node.group(2).replace("''", "'"));
                if (!inner.matches()) {
                    continue;
                }
                role = inner.group(1);
                name = Optional.ofNullable(inner.group(2)).orElse("");
                flags = inner.group(3);
            }
            if (role.equals("text")) {
                out.text(" " + value + " ");
            } else if (!role.startsWith("/")) {
                out.open(tag(role), attributes(role, name.replaceAll("\\\\(.)", "$1"), flags));
                out.text(isField(role) ? "" : value);
                open.push(indent);
            }
        }
        return out.build();
    }

    private static boolean isField(String role) {
        return role.equals("textbox")
                || role.equals("searchbox")
                || role.equals("combobox")
                || role.equals("spinbutton");
    }

    private static String tag(String role) {
        return switch (role) {
            case "link" -> "a";
            case "textbox", "searchbox", "spinbutton", "checkbox", "radio" -> "input";
            case "button" -> "button";
            default -> "div";
        };
    }

    private static Map<String, String> attributes(String role, String name, String flags) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!role.equals("generic")) {
            attributes.put("role", role);
        }
        if (!name.isEmpty()) {
            attributes.put("aria-label", name);
        }
        Matcher level = LEVEL.matcher(flags);
        if (level.find()) {
            attributes.put("aria-level", level.group(1));
        }
        if (flags.contains("[checked]")) {
            attributes.put("checked", "");
        }
        if (flags.contains("[disabled]")) {
            attributes.put("disabled", "");
        }
        return attributes;
    }

    private static String unquote(String value) {
        String stripped = value.strip();
        boolean quoted = stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"");
        return quoted ? stripped.substring(1, stripped.length() - 1).replaceAll("\\\\(.)", "$1") : stripped;
    }
}
