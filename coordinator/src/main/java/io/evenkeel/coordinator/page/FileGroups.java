package io.evenkeel.coordinator.page;

import io.evenkeel.coordinator.run.TestInRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arranges the tests of a run by file, the files with trouble first. */
final class FileGroups {

    /** A run with more tests shows its quiet files closed and loads them when they are opened. */
    static final int MOST_LINES = 400;

    private static final List<String> WORST_FIRST =
            List.of("failed", "flaky", "running", "pending", "passed", "skipped");

    private FileGroups() {}

    /** Returns all files, those without trouble empty when there are too many tests for one page. */
    static List<FileGroup> of(long runId, List<TestInRun> tests) {
        Map<String, List<TestInRun>> byFile = new LinkedHashMap<>();
        tests.forEach(test -> byFile.computeIfAbsent(test.test().file(), file -> new ArrayList<>())
                .add(test));
        boolean many = tests.size() > MOST_LINES;
        List<FileGroup> groups = new ArrayList<>();
        byFile.forEach((file, inFile) -> groups.add(group(runId, file, inFile, many)));
        groups.sort(Comparator.comparingInt(group -> WORST_FIRST.indexOf(group.worst())));
        return groups;
    }

    private static FileGroup group(long runId, String file, List<TestInRun> tests, boolean many) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        WORST_FIRST.forEach(state -> {
            int count = (int)
                    tests.stream().filter(test -> state(test).equals(state)).count();
            if (count > 0) {
                counts.put(state, count);
            }
        });
        String worst = counts.keySet().iterator().next();
        boolean later = many && !worst.equals("failed");
        List<String> words = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList();
        return new FileGroup(
                file,
                worst,
                String.join(", ", words),
                later ? List.of() : tests.stream().map(FileGroups::line).toList(),
                later ? "/runs/" + runId + "/file?key=" + tests.get(0).key() : "");
    }

    static FileGroup.Line line(TestInRun test) {
        String note = test.setup() ? "set-up" : "";
        if (test.result().attempts() > 1) {
            note = (note.isEmpty() ? "" : note + ", ") + test.result().attempts() + " attempts";
        }
        return new FileGroup.Line(
                test.key(),
                state(test),
                test.test().fullTitle(),
                test.test().project(),
                new FileGroup.Measure(
                        test.result().attempts() == 0
                                ? ""
                                : Format.duration(test.result().duration()),
                        note));
    }

    static String state(TestInRun test) {
        return test.result().running() && test.result().verdict().equals("pending")
                ? "running"
                : test.result().verdict();
    }
}
