package io.evenkeel.coordinator.run;

/**
 * Where a run comes from.
 *
 * <p>Immutable. Texts are empty where CI does not say.
 *
 * @param suite configuration file, relative to the repository
 * @param branch branch, for a pull request its source branch
 * @param commit hash of the commit
 * @param ciUrl address of the CI's own page; only {@code http} and {@code https}
 * @param pullRequest number of the pull request
 */
public record RunSource(String suite, String branch, String commit, String ciUrl, String pullRequest) {

    private static final int MOST = 500;

    public RunSource {
        if (suite.isBlank()) {
            throw new IllegalArgumentException("The suite of a run must be the path of its Playwright configuration.");
        }
        suite = cut(suite);
        branch = cut(branch);
        commit = cut(commit);
        ciUrl = ciUrl.matches("https?://\\S+") ? cut(ciUrl) : "";
        pullRequest = cut(pullRequest);
    }

    private static String cut(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST);
    }
}
