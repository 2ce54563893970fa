package io.evenkeel.gitlab;

import io.evenkeel.pipeline.secret.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a GitLab runner says about this job, read once.
 *
 * <p>Immutable.
 *
 * @param place the project and its server
 * @param tested what was tested
 * @param token a project or group access token; none when there is none, for the job token can write nothing of what is told here
 * @param files where report files go
 * @param child the child pipeline to write, if one is wanted
 */
record GitlabEnvironment(Place place, Tested tested, Secret token, ReportFiles files, Optional<ChildJobs> child) {

    /**
     * The project and its server.
     *
     * @param server address without {@code /api/v4}
     * @param project number of the project
     * @param pipelineUrl page of the pipeline
     */
    record Place(String server, String project, String pipelineUrl) {}

    /**
     * What was tested.
     *
     * @param commit the commit somebody pushed, not the merged result
     * @param mergeRequest number in the project; 0 for a branch pipeline
     * @param branch branch of this project a repair can be merged into; empty for a tag and for a fork
     */
    record Tested(String commit, long mergeRequest, String branch) {}

    /**
     * Where report files go, and where what they point to lies.
     *
     * @param folder the work folder
     * @param project root of the checkout; attachments are named relative to it
     */
    record ReportFiles(Path folder, Path project) {}

    /**
     * What the jobs of a child pipeline look like; the parent's plan job is told by its variables.
     *
     * @param file where it is written
     * @param planJob name of the job in the parent pipeline that has the plan
     * @param image container image of the shards and of the report, each empty for the runner's own
     * @param setup shell lines before each job, empty for none
     * @param scripts shell lines of a shard and of the report
     */
    record ChildJobs(Path file, String planJob, Pair image, String setup, Pair scripts) {}

    /** A value for the shards and one for the report. */
    record Pair(String shard, String report) {}

    /** Returns what the environment says; empty when this is no GitLab runner. */
    static Optional<GitlabEnvironment> read(Map<String, String> env, Path folder) {
        Reader reader = new Reader(env);
        return reader.value("GITLAB_CI").isPresent() ? Optional.of(reader.read(folder)) : Optional.empty();
    }

    private record Reader(Map<String, String> env) {

        Optional<String> value(String name) {
            return Optional.ofNullable(env.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        GitlabEnvironment read(Path folder) {
            String server = value("CI_API_V4_URL")
                    .map(url -> url.replaceFirst("/api/v4/?$", ""))
                    .or(() -> value("CI_SERVER_URL"))
                    .orElse("https://gitlab.com");
            Secret token = value("EVENKEEL_GITLAB_TOKEN")
                    .or(() -> value("GITLAB_TOKEN"))
                    .map(Secret::of)
                    .orElseGet(Secret::none);
            Path root = root(folder.toAbsolutePath().normalize());
            return new GitlabEnvironment(
                    new Place(
                            server,
                            value("CI_PROJECT_ID").orElse("0"),
                            value("CI_PIPELINE_URL").orElse("")),
                    tested(),
                    token,
                    new ReportFiles(folder.resolve("gitlab"), root),
                    value("EVENKEEL_CHILD_PIPELINE")
                            .map(file -> new ChildJobs(
                                    root.resolve(file),
                                    value("CI_JOB_NAME").orElse("evenkeel-plan"),
                                    pair("EVENKEEL_CHILD_IMAGE", "EVENKEEL_CHILD_REPORT_IMAGE"),
                                    value("EVENKEEL_CHILD_SETUP").orElse(""),
                                    pair("EVENKEEL_CHILD_SCRIPT", "EVENKEEL_CHILD_REPORT"))));
        }

        /** A runner without containers can name the folder of one; only a folder this job works in counts. */
        private Path root(Path folder) {
            return value("CI_PROJECT_DIR")
                    .map(Path::of)
                    .filter(folder::startsWith)
                    .orElseGet(() -> folder.resolveSibling(""));
        }

        private Pair pair(String shard, String report) {
            return new Pair(value(shard).orElse(""), value(report).orElse(""));
        }

        private Tested tested() {
            long request = value("CI_MERGE_REQUEST_IID")
                    .filter(iid -> iid.matches("\\d{1,15}"))
                    .map(Long::parseLong)
                    .orElse(0L);
            boolean fork = value("CI_MERGE_REQUEST_SOURCE_PROJECT_ID")
                    .filter(source -> !source.equals(value("CI_PROJECT_ID").orElse("")))
                    .isPresent();
            Optional<String> branch =
                    request > 0 ? value("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME") : value("CI_COMMIT_BRANCH");
            return new Tested(
                    value("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")
                            .or(() -> value("CI_COMMIT_SHA"))
                            .orElse(""),
                    request,
                    fork ? "" : branch.orElse(""));
        }
    }
}
