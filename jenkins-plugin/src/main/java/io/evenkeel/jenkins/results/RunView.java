package io.evenkeel.jenkins.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/**
 * What the pages show of a run; made of {@code summary.json}, see docs/reference/files.md.
 *
 * <p>Immutable.
 *
 * @param outcome verdict, sentence and times
 * @param testFolder folder within the repository that the files of tests are relative to; empty when nobody knows it
 * @param tests those that did not simply pass: failed, flaky, skipped or run more than once
 * @param missing tests without a result, with the reason as verdict
 * @param executors in the order of their shards
 * @param heals proposed repairs
 */
public record RunView(
        RunOutcome outcome,
        Optional<String> testFolder,
        List<TestRow> tests,
        List<TestRow> missing,
        List<ExecutorRow> executors,
        List<HealRow> heals) {

    /** A bar of the timeline: lengths of the planned, the busy and the whole time, and its distance from the top. */
    public record Bar(ExecutorRow executor, int top, int planned, int busy, int wall) {}

    private static final int BAR_HEIGHT = 28;

    /**
     * Leaves out of a summary what no page shows, so that a page of a large run is quick to make.
     *
     * @param summary all of {@code summary.json}; changed and returned
     */
    public static JSONObject reduce(JSONObject summary) {
        JSONArray tests = summary.optJSONArray("tests");
        if (tests != null) {
            summary.put(
                    "tests",
                    objects(summary, "tests").filter(RunView::isRemarkable).toList());
        }
        return summary;
    }

    private static boolean isRemarkable(JSONObject test) {
        return !"passed".equals(test.optString("verdict"))
                || test.optBoolean("healed")
                || test.optInt("attempts", 1) > 1;
    }

    /** Reads a summary, whole or reduced; what is missing in it is empty here. */
    public static RunView of(JSONObject json) {
        return new RunView(
                RunOutcome.of(json),
                json.has("testFolder") ? Optional.of(json.optString("testFolder")) : Optional.empty(),
                rows(json, "tests", TestRow::of),
                rows(json, "missing", TestRow::of),
                rows(json, "executors", ExecutorRow::of),
                rows(json, "heals", HealRow::of));
    }

    /**
     * Returns the path of a test's file within the repository.
     *
     * @return empty when it lies outside, or when nobody knows where
     */
    public Optional<String> inRepository(TestRow test) {
        return testFolder.flatMap(
                folder -> RepositoryPath.of(folder, test.place().file()));
    }

    /** Returns the failed tests in the order of the summary. */
    public List<TestRow> failed() {
        return with("failed");
    }

    /** Returns whether a failed test has a label; without a coordinator's history none has. */
    public boolean labelled() {
        return failed().stream().anyMatch(test -> !test.judgement().label().isEmpty());
    }

    /** Returns the tests that passed only after a retry. */
    public List<TestRow> flaky() {
        return with("flaky");
    }

    private List<TestRow> with(String verdict) {
        return tests.stream()
                .filter(test -> test.judgement().verdict().equals(verdict))
                .toList();
    }

    /** Returns the bars of the timeline. */
    public List<Bar> bars() {
        long longest = executors.stream()
                .mapToLong(executor -> Math.max(executor.wallMs(), executor.plannedMs()))
                .max()
                .orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (ExecutorRow executor : executors) {
            bars.add(new Bar(
                    executor,
                    BAR_HEIGHT * bars.size(),
                    ExecutorRow.bar(executor.plannedMs(), longest),
                    ExecutorRow.bar(executor.busyMs(), longest),
                    ExecutorRow.bar(executor.wallMs(), longest)));
        }
        return bars;
    }

    /** Returns the height of the timeline. */
    public int height() {
        return BAR_HEIGHT * Math.max(1, executors.size());
    }

    private static <T> List<T> rows(JSONObject json, String field, Function<JSONObject, T> row) {
        return objects(json, field).map(row).toList();
    }

    private static Stream<JSONObject> objects(JSONObject json, String field) {
        JSONArray array = json.optJSONArray(field);
        return array == null
                ? Stream.empty()
                : array.stream().filter(JSONObject.class::isInstance).map(JSONObject.class::cast);
    }
}
