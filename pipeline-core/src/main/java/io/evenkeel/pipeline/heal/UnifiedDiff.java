package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.patch.Patch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes one edit as a unified diff that {@code git apply} and {@code patch -p1} take. Pure. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    /**
     * Returns the diff.
     *
     * @param source the file the patch was made for
     * @throws IllegalArgumentException when the file is not as it was
     */
    static String of(Patch patch, byte[] source) {
        List<String> before = lines(new String(source, StandardCharsets.UTF_8));
        List<String> after = lines(new String(patch.applyTo(source), StandardCharsets.UTF_8));
        int head = 0;
        while (head < before.size() && head < after.size() && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < after.size() - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int from = Math.max(0, head - CONTEXT);
        int leading = head - from;
        int trailing = Math.min(CONTEXT, tail);
        int removed = before.size() - head - tail;
        int added = after.size() - head - tail;

        StringBuilder diff = new StringBuilder();
        diff.append("--- a/").append(patch.file()).append('\n');
        diff.append("+++ b/").append(patch.file()).append('\n');
        diff.append("@@ -").append(range(from, leading + removed + trailing));
        diff.append(" +").append(range(from, leading + added + trailing)).append(" @@\n");
        before.subList(from, head).forEach(line -> append(diff, ' ', line));
        before.subList(head, head + removed).forEach(line -> append(diff, '-', line));
        after.subList(head, head + added).forEach(line -> append(diff, '+', line));
        before.subList(before.size() - tail, before.size() - tail + trailing).forEach(line -> append(diff, ' ', line));
        return diff.toString();
    }

    /** Lines keep their ending, so that a missing newline at the end of the file stays missing. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
            lines.add(text.substring(begin, end + 1));
            begin = end + 1;
        }
        if (begin < text.length()) {
            lines.add(text.substring(begin));
        }
        return lines;
    }

    private static String range(int from, int count) {
        return (count == 0 ? from : from + 1) + "," + count;
    }

    private static void append(StringBuilder diff, char mark, String line) {
        diff.append(mark).append(line);
        if (!line.endsWith("\n")) {
            diff.append("\n\\ No newline at end of file\n");
        }
    }
}
