package io.evenkeel.jenkins.publish;

/**
 * A status of a commit.
 *
 * <p>Immutable.
 *
 * @param context name under which the forge lists it
 * @param passed whether the run passed
 * @param sentence what came of it, in one sentence
 * @param url page with everything
 */
public record CommitStatus(String context, boolean passed, String sentence, String url) {

    private static final int LONGEST = 140;

    /** Returns the sentence as long as every forge takes it. */
    public String description() {
        return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST - 1) + "…";
    }
}
