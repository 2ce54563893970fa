package io.evenkeel.bench.patch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a replaced call stood, by its text alone: nothing of the patcher is used to find it.
 *
 * @param start offset of the method's name, in UTF-16 units
 * @param end offset after the closing bracket
 */
record OldCall(int start, int end) {

    /** Returns the call the maintainer replaced: the one whose line, with the new call in it, is in the new file. */
    static Optional<OldCall> find(String before, String after, LocatorEdit edit) {
        List<OldCall> all = all(before, edit.old());
        Map<String, Integer> left = new HashMap<>();
        after.lines().forEach(line -> left.merge(plain(line), 1, Integer::sum));
        before.lines().forEach(line -> left.merge(plain(line), -1, Integer::sum));
        for (OldCall call : all) {
            int from = before.lastIndexOf('\n', call.start) + 1;
            int to = before.indexOf('\n', call.end) < 0 ? before.length() : before.indexOf('\n', call.end);
            String line = before.substring(from, call.start) + edit.now().code() + before.substring(call.end, to);
            if (left.getOrDefault(plain(line), 0) > 0) {
                return Optional.of(call);
            }
        }
        return all.stream().findFirst();
    }

    /** A line without what formatters change. */
    private static String plain(String line) {
        return line.replaceAll("['\"`\\s]|,(?=\\s*[})\\]])", "");
    }

    private static List<OldCall> all(String text, LocatorEdit.Call call) {
        List<OldCall> all = new ArrayList<>();
        String open = call.method() + "(";
        for (int at = text.indexOf(open); at >= 0; at = text.indexOf(open, at + 1)) {
            int end = close(text, at + open.length());
            if (end > 0
                    && plain(text.substring(at, end)).equals(plain(call.code()))
                    && (at == 0 || text.charAt(at - 1) == '.' || Character.isWhitespace(text.charAt(at - 1)))) {
                all.add(new OldCall(at, end));
            }
        }
        return all;
    }

    /** Returns the offset after the bracket that closes the one before, strings skipped; -1 if there is none. */
    private static int close(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                i = endOf(text, i);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int endOf(String text, int open) {
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != text.charAt(open)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
