package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recorded history: runs in order, each with what it showed of its tests.
 *
 * @param tests names of the tests, by index
 * @param runs runs, by number
 * @param skipped lines that could not be used: unknown status, no test, no run
 */
record History(List<String> tests, List<Run> runs, int skipped) {

    /**
     * One run.
     *
     * @param position where it stands; the ordinal counts commits of the stable branch as they first appear
     * @param time seconds since 1970, 0 when unknown
     * @param outage whether the truth says so; only for scoring
     * @param results one for each test that ran
     */
    record Run(RunPosition position, long time, boolean outage, List<Result> results) {

        boolean onStableBranch() {
            return position.line() == Line.STABLE_BRANCH;
        }

        int failedAtFirst() {
            int failed = 0;
            for (Result result : results) {
                failed += result.failedAtFirst() ? 1 : 0;
            }
            return failed;
        }
    }

    /**
     * One test in one run.
     *
     * @param test index of the test
     * @param patterns attempts as evidence, at least one pattern
     * @param passedMillis duration of the first attempt when it passed, else -1
     */
    record Result(int test, List<AttemptPattern> patterns, long passedMillis) {

        boolean failedAtFirst() {
            return patterns.get(0).hasFailure();
        }

        boolean hasFailure() {
            return patterns.stream().anyMatch(AttemptPattern::hasFailure);
        }

        boolean failedThroughout() {
            return patterns.stream().allMatch(AttemptPattern::failedThroughout);
        }

        boolean passedOnRetry() {
            return hasFailure() && !failedThroughout();
        }
    }

    private record RunInfo(String commit, Line line, long time, boolean outage) {}

    /** The attempts of one test in one run, while the file is read. */
    private static final class Building {
        final List<AttemptPattern> patterns = new ArrayList<>(1);
        int failures;
        int attempts;
        long passedMillis = -1;

        void add(boolean failed, long millis) {
            if (failed) {
                failures++;
            } else {
                patterns.add(failures == 0 ? AttemptPattern.PASSED : new AttemptPattern(failures, Ending.PASSED));
                failures = 0;
                if (attempts == 0) {
                    passedMillis = millis;
                }
            }
            attempts++;
        }

        Result end(int test) {
            if (failures > 0) {
                patterns.add(new AttemptPattern(failures, Ending.FAILED));
            }
            return new Result(test, List.copyOf(patterns), passedMillis);
        }
    }

    static History read(DataSet data) throws IOException {
        Map<Long, RunInfo> infos = infos(data);
        Map<String, Integer> index = new HashMap<>();
        List<String> tests = new ArrayList<>();
        Map<Long, Map<Integer, Building>> rows = new TreeMap<>();
        Map<Long, String> commits = new HashMap<>();
        int[] skipped = {0};
        Csv.read(data.file("verdicts").orElseThrow(), line -> {
            long run = line.number("run", -1);
            String name = line.get("test");
            String status = line.get("status");
            boolean failed = status.equals("failed");
            if (run < 0 || name.isEmpty() || !(failed || status.equals("passed"))) {
                skipped[0]++;
                return;
            }
            int test = index.computeIfAbsent(name, key -> {
                tests.add(key);
                return tests.size() - 1;
            });
            commits.putIfAbsent(run, line.get("commit"));
            rows.computeIfAbsent(run, key -> new TreeMap<>())
                    .computeIfAbsent(test, key -> new Building())
                    .add(failed, line.number("durationMs", -1));
        });
        return new History(tests, order(rows, commits, infos), skipped[0]);
    }

    private static Map<Long, RunInfo> infos(DataSet data) throws IOException {
        Map<Long, RunInfo> infos = new HashMap<>();
        if (data.file("runs").isPresent()) {
            Csv.read(data.file("runs").get(), line -> {
                String branch = line.get("branch");
                boolean pullRequest = branch.startsWith("pr/") || branch.startsWith("refs/pull/");
                infos.put(
                        line.number("run", -1),
                        new RunInfo(
                                line.get("commit"),
                                pullRequest ? Line.PULL_REQUEST : Line.STABLE_BRANCH,
                                line.number("time", 0),
                                line.get("outage").equals("1")));
            });
        }
        return infos;
    }

    private static List<Run> order(
            Map<Long, Map<Integer, Building>> rows, Map<Long, String> commits, Map<Long, RunInfo> infos) {
        Map<String, Long> ordinals = new HashMap<>();
        List<Run> runs = new ArrayList<>(rows.size());
        long newest = 0;
        for (Map.Entry<Long, Map<Integer, Building>> entry : rows.entrySet()) {
            long number = entry.getKey();
            String written = commits.getOrDefault(number, "");
            RunInfo info = infos.getOrDefault(number, new RunInfo(written, Line.STABLE_BRANCH, 0, false));
            // A run without a commit is a commit of its own: nothing may be concluded from two results.
            String commit = info.commit().isEmpty() ? "run " + number : info.commit();
            long ordinal = newest;
            if (info.line() == Line.STABLE_BRANCH) {
                ordinal = ordinals.computeIfAbsent(commit, key -> (long) ordinals.size());
                newest = Math.max(newest, ordinal);
            }
            List<Result> results = new ArrayList<>(entry.getValue().size());
            entry.getValue().forEach((test, building) -> results.add(building.end(test)));
            runs.add(new Run(new RunPosition(number, ordinal, info.line()), info.time(), info.outage(), results));
        }
        return runs;
    }
}
