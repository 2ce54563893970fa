package io.evenkeel.jenkins.results;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/**
 * One proposed repair as a page shows it.
 *
 * <p>Immutable.
 *
 * @param place file and line of the locator
 * @param locators the broken and the proposed one
 * @param decision how sure and why
 * @param verification what the re-runs said, empty when there were none
 * @param patch unified diff, may be empty
 */
public record HealRow(String place, Locators locators, Decision decision, String verification, String patch) {

    /** The broken locator and the proposed one; the latter is empty when none is good enough. */
    public record Locators(String broken, String proposed) {}

    /** Confidence in [0, 1], tier, whether the re-runs have proven it, and the reason in words. */
    public record Decision(double confidence, String tier, boolean proven, String reason) {}

    /** A line of a diff with the name of its style. */
    public record Line(String kind, String text) {}

    static HealRow of(JSONObject heal) {
        int line = heal.optInt("line");
        JSONObject runs = heal.optJSONObject("verification");
        return new HealRow(
                heal.optString("file") + (line > 0 ? ":" + line : ""),
                new Locators(heal.optString("originalSelector"), heal.optString("healedSelector")),
                new Decision(
                        heal.optDouble("confidence", 0),
                        heal.optString("tier"),
                        heal.optBoolean("success"),
                        heal.optString("reason")),
                runs == null || runs.isNullObject() ? "" : verification(runs),
                heal.optString("patch"));
    }

    private static String verification(JSONObject runs) {
        JSONArray patched = runs.optJSONArray("patched");
        String words =
                patched == null ? "" : patched.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "unpatched: " + runs.optString("unpatched") + "; patched: " + words + "; other users of the locator: "
                + runs.optInt("users");
    }

    /** Returns the confidence for people. */
    public String percent() {
        return String.format(Locale.ROOT, "%.0f %%", 100 * decision.confidence());
    }

    /** Returns the diff line by line. */
    public List<Line> lines() {
        return patch.lines()
                .map(text -> new Line(
                        text.startsWith("+") && !text.startsWith("+++")
                                ? "added"
                                : text.startsWith("-") && !text.startsWith("---") ? "removed" : "same",
                        text))
                .toList();
    }
}
