package io.evenkeel.jenkins.results;

import java.util.List;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/**
 * One test as a page shows it.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own
 * @param project Playwright project, may be empty
 * @param place file and line
 * @param titles titles of the describe blocks and of the test
 * @param judgement what came of it
 */
public record TestRow(String id, String project, Place place, List<String> titles, Judgement judgement) {

    public TestRow {
        titles = List.copyOf(titles);
    }

    /** Where a test stands; {@code line} is 0 when it is not known. */
    public record Place(String file, int line) {
        @Override
        public String toString() {
            return line > 0 ? file + ":" + line : file;
        }
    }

    /**
     * What came of a test.
     *
     * @param verdict passed, flaky, failed or skipped; for a missing test why it has no result
     * @param label whose failure it is, empty when nobody knows
     * @param evidence why the label
     * @param healed whether it passed only with a healed locator
     * @param attempts how often it was run
     * @param error first error, may be empty
     */
    public record Judgement(
            String verdict, String label, String evidence, boolean healed, int attempts, String error) {}

    static TestRow of(JSONObject test) {
        return new TestRow(
                test.optString("id"),
                test.optString("project"),
                new Place(test.optString("file"), test.optInt("line")),
                titles(test.optJSONArray("titles")),
                new Judgement(
                        test.has("reason") ? test.optString("reason") : test.optString("verdict"),
                        test.optString("label"),
                        test.optString("evidence"),
                        test.optBoolean("healed"),
                        test.optInt("attempts"),
                        test.optString("error")));
    }

    private static List<String> titles(JSONArray array) {
        return array == null ? List.of() : array.stream().map(String::valueOf).toList();
    }

    /** Returns the titles in one line. */
    public String name() {
        return String.join(" › ", titles);
    }

    /** Returns the first lines of the error, enough to recognise it. */
    public String shortError() {
        return judgement.error().lines().limit(12).collect(Collectors.joining("\n"));
    }

    /** Returns the name of the style for the label or the verdict. */
    public String mark() {
        String word = judgement.label().isEmpty() ? judgement.verdict() : judgement.label();
        return word.replaceAll("[^a-z]+", "-");
    }
}
