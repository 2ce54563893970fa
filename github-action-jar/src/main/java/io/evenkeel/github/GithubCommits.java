package io.evenkeel.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.fix.ForgeCommits;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHTreeBuilder;

/** Commits through the Git Data API: made with an App's token they are signed by GitHub. One thread. */
final class GithubCommits implements ForgeCommits {

    private final GithubApi api;
    private final String repository;

    GithubCommits(GithubApi api, String repository) {
        this.api = api;
        this.repository = repository;
    }

    @Override
    public boolean wantedFor(String branch) {
        try {
            JsonNode rules = api.call(
                    "GET",
                    "/repos/" + repository + "/rules/branches/"
                            + URLEncoder.encode(branch, StandardCharsets.UTF_8).replace("+", "%20"),
                    "");
            for (JsonNode rule : rules) {
                if (rule.path("type").asText().equals("required_signatures")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // older servers know no rules; a refused push still leads here
        }
    }

    @Override
    public String commit(String branch, Base base, String message, List<Content> files) throws IOException {
        try {
            GHRepository repo = api.repository();
            GHTreeBuilder tree = repo.createTree().baseTree(base.tree());
            for (Content file : files) {
                tree.add(file.path(), file.bytes(), file.mode() == Mode.EXECUTABLE);
            }
            GHCommit commit = repo.createCommit()
                    .message(message)
                    .tree(tree.create().getSha())
                    .parent(base.commit())
                    .create();
            point(branch, commit.getSHA1(), repo);
            return commit.getSHA1();
        } catch (IOException e) {
            throw new IOException(
                    Refusal.isLackOfRights(e) ? "the token may not commit. Give it contents: write." : Refusal.line(e),
                    e);
        }
    }

    private void point(String branch, String commit, GHRepository repo) throws IOException {
        try {
            repo.createRef("refs/heads/" + branch, commit);
        } catch (IOException e) {
            if (Refusal.code(e) != 422) {
                throw e;
            }
            String body = new ObjectMapper()
                    .createObjectNode()
                    .put("sha", commit)
                    .put("force", true)
                    .toString();
            api.call(
                    "PATCH",
                    "/repos/" + repository + "/git/refs/"
                            + URLEncoder.encode("heads/" + branch, StandardCharsets.UTF_8),
                    body);
        }
    }
}
