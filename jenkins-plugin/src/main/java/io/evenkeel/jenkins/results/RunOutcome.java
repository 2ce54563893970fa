package io.evenkeel.jenkins.results;

import java.io.Serializable;
import net.sf.json.JSONObject;

/** Verdict and numbers of a run, small enough to be stored in the build's own file. Immutable; no record, because XStream stores it. */
public final class RunOutcome implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String verdict;
    private final String sentence;
    private final int exitCode;
    private final int discovered;
    private final int passed;
    private final int flaky;
    private final int failed;
    private final int skipped;
    private final int missing;
    private final int heals;
    private final long wallMs;
    private final long savedMs;

    private RunOutcome(JSONObject json) {
        JSONObject counts = json.optJSONObject("counts");
        verdict = json.optString("verdict", "incomplete");
        sentence = json.optString("sentence");
        exitCode = json.optInt("exitCode", 3);
        discovered = json.optInt("discovered");
        passed = counts == null ? 0 : counts.optInt("passed");
        flaky = counts == null ? 0 : counts.optInt("flaky");
        failed = counts == null ? 0 : counts.optInt("failed");
        skipped = counts == null ? 0 : counts.optInt("skipped");
        missing = json.optJSONArray("missing") == null
                ? 0
                : json.optJSONArray("missing").size();
        heals = json.optJSONArray("heals") == null
                ? 0
                : json.optJSONArray("heals").size();
        wallMs = json.optLong("wallMs");
        savedMs = json.optLong("savedMs");
    }

    /** Reads a summary; one without a verdict counts as incomplete. */
    public static RunOutcome of(JSONObject summary) {
        return new RunOutcome(summary);
    }

    /** Returns passed, healed, failed, incomplete, interrupted or empty. */
    public String getVerdict() {
        return verdict;
    }

    public String getSentence() {
        return sentence;
    }

    /** Returns what the run deserves by Evenkeel's exit codes: 0, 1 or 3. */
    public int getExitCode() {
        return exitCode;
    }

    public int getDiscovered() {
        return discovered;
    }

    public int getPassed() {
        return passed;
    }

    public int getFlaky() {
        return flaky;
    }

    public int getFailed() {
        return failed;
    }

    public int getSkipped() {
        return skipped;
    }

    public int getMissing() {
        return missing;
    }

    public int getHeals() {
        return heals;
    }

    public String getWall() {
        return ExecutorRow.seconds(wallMs);
    }

    /** Returns the time that one executor would have taken longer, empty when there was only one. */
    public String getSaved() {
        return savedMs > 0 ? ExecutorRow.seconds(savedMs) : "";
    }
}
