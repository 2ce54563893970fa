package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes edits as a unified diff that {@code git apply} and {@code patch -p1} take. Pure. */
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
        return of(List.of(patch), source);
    }

    /**
     * Returns the diff of all the files that patches change; empty when one of them is not there.
     *
     * @param sources the files the patches were made for
     * @throws IllegalArgumentException when a file is not as it was
     */
    static Optional<String> of(List<Patch> patches, SourceFiles sources) {
        Map<String, List<Patch>> byFile = new LinkedHashMap<>();
        patches.forEach(patch ->
                byFile.computeIfAbsent(patch.file(), f -> new ArrayList<>()).add(patch));
        StringBuilder diff = new StringBuilder();
        for (Map.Entry<String, List<Patch>> file : byFile.entrySet()) {
            Optional<byte[]> source = sources.read(file.getKey());
            if (source.isEmpty()) {
                return Optional.empty();
            }
            diff.append(of(file.getValue(), source.get()));
        }
        return Optional.of(diff.toString());
    }

    /** Lines {@code from} to {@code to} before, and what they became. */
    private record Change(int from, int to, int becameFrom, int becameTo) {}

    private static String of(List<Patch> sameFile, byte[] source) {
        List<String> before = lines(new String(source, StandardCharsets.UTF_8));
        List<String> after = lines(new String(PatchedSources.applied(sameFile, source), StandardCharsets.UTF_8));
        StringBuilder diff = new StringBuilder();
        diff.append("--- a/").append(sameFile.get(0).file()).append('\n');
        diff.append("+++ b/").append(sameFile.get(0).file()).append('\n');
        for (Change change : changes(before, after)) {
            append(diff, change, before, after);
        }
        return diff.toString();
    }

    private static void append(StringBuilder diff, Change change, List<String> before, List<String> after) {
        int leading = Math.min(CONTEXT, change.from());
        int trailing = Math.min(CONTEXT, before.size() - change.to());
        diff.append("@@ -")
                .append(range(change.from() - leading, leading + change.to() - change.from() + trailing))
                .append(" +")
                .append(range(
                        change.becameFrom() - leading, leading + change.becameTo() - change.becameFrom() + trailing))
                .append(" @@\n");
        before.subList(change.from() - leading, change.from()).forEach(line -> append(diff, ' ', line));
        before.subList(change.from(), change.to()).forEach(line -> append(diff, '-', line));
        after.subList(change.becameFrom(), change.becameTo()).forEach(line -> append(diff, '+', line));
        before.subList(change.to(), change.to() + trailing).forEach(line -> append(diff, ' ', line));
    }

    /** Returns what changed: apart where no line came or went, as a rule of locators; else from the first to the last difference. */
    private static List<Change> changes(List<String> before, List<String> after) {
        if (before.size() == after.size()) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(after.get(i))) {
                    int last = changes.size() - 1;
                    boolean near = last >= 0 && i - changes.get(last).to() <= 2 * CONTEXT;
                    int from = near ? changes.remove(last).from() : i;
                    changes.add(new Change(from, i + 1, from, i + 1));
                }
            }
            return changes;
        }
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
        return List.of(new Change(head, before.size() - tail, head, after.size() - tail));
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
