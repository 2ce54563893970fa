package io.evenkeel.pipeline.host;

import io.evenkeel.pipeline.host.RunContext.Revision;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises the CI from its environment variables.
 *
 * <p>{@code EVENKEEL_RUN} and {@code EVENKEEL_SHARD} win over what the CI says, so that any CI can be described by hand. Immutable.
 */
public final class CiEnvironment {

    private static final Pattern GITHUB_PULL = Pattern.compile("refs/pull/(\\d+)/.*");

    private final Map<String, String> env;

    private CiEnvironment(Map<String, String> env) {
        this.env = env;
    }

    /**
     * Reads the context of this run.
     *
     * @param env all environment variables
     * @param ownKey run key where neither the CI nor the user gives one
     * @return the context; never fails for a CI that is unknown
     * @throws IllegalArgumentException when {@code EVENKEEL_RUN} or {@code EVENKEEL_SHARD} is set to something unusable
     */
    public static RunContext read(Map<String, String> env, String ownKey) {
        CiEnvironment ci = new CiEnvironment(Map.copyOf(env));
        RunContext found = ci.recognise(ownKey);
        return new RunContext(
                found.ci(),
                ci.value("EVENKEEL_RUN").orElse(found.runKey()),
                found.revision(),
                found.url(),
                ci.value("EVENKEEL_SHARD").map(ShardIndex::parse).or(found::shard));
    }

    private RunContext recognise(String ownKey) {
        if (value("GITHUB_ACTIONS").isPresent()) {
            return github();
        }
        if (value("GITLAB_CI").isPresent()) {
            return gitlab();
        }
        if (value("JENKINS_URL").isPresent()) {
            return jenkins();
        }
        if (value("CIRCLECI").isPresent()) {
            return circle();
        }
        if (value("BUILDKITE").isPresent()) {
            return buildkite();
        }
        if (value("TF_BUILD").isPresent()) {
            return azure();
        }
        if (value("BITBUCKET_BUILD_NUMBER").isPresent()) {
            return bitbucket();
        }
        return new RunContext("this machine", ownKey, Revision.unknown(), Optional.empty(), Optional.empty());
    }

    private RunContext github() {
        Optional<String> pull = value("GITHUB_REF")
                .map(GITHUB_PULL::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1));
        String runId = value("GITHUB_RUN_ID").orElse("0");
        Optional<String> url = value("GITHUB_SERVER_URL")
                .flatMap(server ->
                        value("GITHUB_REPOSITORY").map(repo -> server + "/" + repo + "/actions/runs/" + runId));
        return new RunContext(
                "GitHub Actions",
                key("github", runId, value("GITHUB_RUN_ATTEMPT").orElse("1")),
                new Revision(value("GITHUB_HEAD_REF").or(() -> value("GITHUB_REF_NAME")), value("GITHUB_SHA"), pull),
                url,
                Optional.empty());
    }

    private RunContext gitlab() {
        return new RunContext(
                "GitLab CI",
                key("gitlab", value("CI_PIPELINE_ID").orElse("0")),
                new Revision(
                        value("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME").or(() -> value("CI_COMMIT_REF_NAME")),
                        // A merged-result pipeline tests a commit nobody pushed; the results belong to the branch's
                        // own.
                        value("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA").or(() -> value("CI_COMMIT_SHA")),
                        value("CI_MERGE_REQUEST_IID")),
                value("CI_PIPELINE_URL"),
                ShardIndex.of(value("CI_NODE_INDEX"), 1, value("CI_NODE_TOTAL")));
    }

    private RunContext jenkins() {
        return new RunContext(
                "Jenkins",
                key(
                        "jenkins",
                        value("BUILD_TAG").orElseGet(() -> value("BUILD_ID").orElse("0"))),
                new Revision(
                        value("CHANGE_BRANCH").or(() -> value("BRANCH_NAME")).or(() -> value("GIT_BRANCH")),
                        value("GIT_COMMIT"),
                        value("CHANGE_ID")),
                value("BUILD_URL"),
                Optional.empty());
    }

    private RunContext circle() {
        return new RunContext(
                "CircleCI",
                key("circle", value("CIRCLE_WORKFLOW_ID").orElse("0")),
                new Revision(
                        value("CIRCLE_BRANCH"),
                        value("CIRCLE_SHA1"),
                        value("CIRCLE_PULL_REQUEST").map(url -> url.substring(url.lastIndexOf('/') + 1))),
                value("CIRCLE_BUILD_URL"),
                ShardIndex.of(value("CIRCLE_NODE_INDEX"), 0, value("CIRCLE_NODE_TOTAL")));
    }

    private RunContext buildkite() {
        return new RunContext(
                "Buildkite",
                key("buildkite", value("BUILDKITE_BUILD_ID").orElse("0")),
                new Revision(
                        value("BUILDKITE_BRANCH"),
                        value("BUILDKITE_COMMIT"),
                        value("BUILDKITE_PULL_REQUEST").filter(number -> !number.equals("false"))),
                value("BUILDKITE_BUILD_URL"),
                ShardIndex.of(value("BUILDKITE_PARALLEL_JOB"), 0, value("BUILDKITE_PARALLEL_JOB_COUNT")));
    }

    private RunContext azure() {
        return new RunContext(
                "Azure Pipelines",
                key("azure", value("BUILD_BUILDID").orElse("0")),
                new Revision(
                        value("SYSTEM_PULLREQUEST_SOURCEBRANCH")
                                .or(() -> value("BUILD_SOURCEBRANCH"))
                                .map(ref -> ref.replaceFirst("^refs/heads/", "")),
                        value("SYSTEM_PULLREQUEST_SOURCECOMMITID").or(() -> value("BUILD_SOURCEVERSION")),
                        value("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER")
                                .or(() -> value("SYSTEM_PULLREQUEST_PULLREQUESTID"))),
                value("SYSTEM_COLLECTIONURI")
                        .flatMap(server -> value("SYSTEM_TEAMPROJECT")
                                .map(project -> server.replaceFirst("/+$", "") + "/" + project.replace(" ", "%20")
                                        + "/_build/results?buildId="
                                        + value("BUILD_BUILDID").orElse("0"))),
                ShardIndex.of(value("SYSTEM_JOBPOSITIONINPHASE"), 1, value("SYSTEM_TOTALJOBSINPHASE")));
    }

    private RunContext bitbucket() {
        String build = value("BITBUCKET_BUILD_NUMBER").orElse("0");
        return new RunContext(
                "Bitbucket Pipelines",
                key("bitbucket", value("BITBUCKET_REPO_UUID").orElse("repo").replaceAll("[{}]", ""), build),
                new Revision(value("BITBUCKET_BRANCH"), value("BITBUCKET_COMMIT"), value("BITBUCKET_PR_ID")),
                value("BITBUCKET_GIT_HTTP_ORIGIN").map(origin -> origin + "/pipelines/results/" + build),
                ShardIndex.of(value("BITBUCKET_PARALLEL_STEP"), 0, value("BITBUCKET_PARALLEL_STEP_COUNT")));
    }

    /** Joins the parts with dashes; what a run key may not hold becomes a dash, so folders in a job's name do no harm. */
    private static String key(String... parts) {
        String joined = String.join("-", parts).replaceAll("[^A-Za-z0-9._-]", "-");
        return joined.length() <= 200 ? joined : joined.substring(joined.length() - 200);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }
}
