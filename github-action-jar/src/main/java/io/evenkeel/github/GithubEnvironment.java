package io.evenkeel.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a GitHub runner says about this job, read once.
 *
 * <p>The event file is GitHub's own word and can be trusted; nothing here is read from artifacts. Immutable.
 *
 * @param place the repository and its server
 * @param files what the runner reads after the step
 * @param tested what was tested
 * @param access the token and whose it is
 */
record GithubEnvironment(Place place, StepFiles files, Tested tested, Access access) {

    private static final long LARGEST_EVENT = 25L << 20;

    /**
     * The repository and its server.
     *
     * @param repository {@code owner/name}
     * @param api address of the REST API; GitHub Enterprise Server has one of its own
     * @param runUrl page of the workflow run whose results are told
     */
    record Place(String repository, URI api, String runUrl) {

        String owner() {
            return repository.substring(0, repository.indexOf('/'));
        }
    }

    /** Files a step writes outputs and its summary to; empty outside of a step. */
    record StepFiles(Optional<Path> output, Optional<Path> summary) {}

    /**
     * What was tested.
     *
     * @param commit the commit somebody pushed, not GitHub's test merge
     * @param pull number of the pull request; empty for a branch, and for {@code workflow_run}, where {@code head} finds it
     * @param head {@code owner:branch} the commit came from, empty when not known
     * @param branch branch of this repository a repair can be merged into; empty for a fork and for a tag
     * @param actor who started the run
     */
    record Tested(String commit, OptionalInt pull, String head, String branch, String actor) {}

    /**
     * The token of this job.
     *
     * @param token none when there is none
     * @param login name its comments carry; empty to ask GitHub
     * @param fixes token for fix pull requests; the same as {@code token} unless another was given
     */
    record Access(Secret token, String login, Secret fixes) {}

    /** Returns what the environment says; empty when this is no GitHub runner. */
    static Optional<GithubEnvironment> read(Map<String, String> env) {
        Reader reader = new Reader(env);
        return reader.is("GITHUB_ACTIONS")
                ? reader.value("GITHUB_REPOSITORY")
                        .filter(name -> name.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+"))
                        .map(reader::read)
                : Optional.empty();
    }

    private record Reader(Map<String, String> env) {

        Optional<String> value(String name) {
            return Optional.ofNullable(env.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        boolean is(String name) {
            return value(name).filter("true"::equals).isPresent();
        }

        GithubEnvironment read(String repository) {
            JsonNode event = event();
            String server = value("GITHUB_SERVER_URL").orElse("https://github.com");
            String api = value("GITHUB_API_URL").orElse("https://api.github.com");
            String runUrl = event.path("workflow_run")
                    .path("html_url")
                    .asText(server + "/" + repository + "/actions/runs/"
                            + value("GITHUB_RUN_ID").orElse("0"));
            Secret token = secret("EVENKEEL_GITHUB_TOKEN")
                    .or(() -> secret("GITHUB_TOKEN"))
                    .orElseGet(Secret::none);
            return new GithubEnvironment(
                    new Place(repository, URI.create(api.replaceFirst("/+$", "")), runUrl),
                    new StepFiles(
                            value("GITHUB_OUTPUT").map(Path::of),
                            value("GITHUB_STEP_SUMMARY").map(Path::of)),
                    tested(event, repository),
                    new Access(token, login(token), secret("EVENKEEL_FIX_TOKEN").orElse(token)));
        }

        private Optional<Secret> secret(String name) {
            return value(name).map(Secret::of);
        }

        /** The token of a workflow and those of Apps are installation tokens; they may not ask who they are. */
        private String login(Secret token) {
            return value("EVENKEEL_GITHUB_LOGIN")
                    .orElse(token.reveal().startsWith("ghs_") || token.isEmpty() ? "github-actions[bot]" : "");
        }

        private JsonNode event() {
            ObjectMapper mapper = new ObjectMapper();
            Optional<Path> file = value("GITHUB_EVENT_PATH").map(Path::of).filter(Files::isRegularFile);
            try {
                if (file.isPresent() && Files.size(file.get()) <= LARGEST_EVENT) {
                    return mapper.readTree(file.get().toFile());
                }
            } catch (IOException e) {
                // A half-written event tells as much as none: the variables below still name commit and branch.
                return mapper.createObjectNode();
            }
            return mapper.createObjectNode();
        }

        private Tested tested(JsonNode event, String repository) {
            JsonNode pull = event.path("pull_request");
            if (pull.isObject()) {
                JsonNode head = pull.path("head");
                String branch = head.path("ref").asText("");
                return new Tested(
                        head.path("sha").asText(value("GITHUB_SHA").orElse("")),
                        OptionalInt.of(pull.path("number").asInt()),
                        label(head.path("repo").path("owner").path("login").asText(""), branch),
                        head.path("repo").path("full_name").asText("").equals(repository) ? branch : "",
                        value("GITHUB_ACTOR").orElse(""));
            }
            JsonNode run = event.path("workflow_run");
            if (run.isObject()) {
                JsonNode from = run.path("head_repository");
                String branch = run.path("head_branch").asText("");
                return new Tested(
                        run.path("head_sha").asText(""),
                        OptionalInt.empty(),
                        label(from.path("owner").path("login").asText(""), branch),
                        from.path("full_name").asText("").equals(repository) ? branch : "",
                        run.path("actor").path("login").asText(""));
            }
            String branch = value("GITHUB_REF_TYPE").filter("branch"::equals).isPresent()
                    ? value("GITHUB_REF_NAME").orElse("")
                    : "";
            return new Tested(
                    value("GITHUB_SHA").orElse(""),
                    OptionalInt.empty(),
                    "",
                    branch,
                    value("GITHUB_ACTOR").orElse(""));
        }

        private static String label(String owner, String branch) {
            return owner.isEmpty() || branch.isEmpty() ? "" : owner + ":" + branch;
        }
    }
}
