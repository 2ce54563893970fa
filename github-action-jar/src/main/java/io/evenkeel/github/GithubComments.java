package io.evenkeel.github;

import io.evenkeel.pipeline.host.CommentThread;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueComment;

/** The comments under a pull request. One thread. */
final class GithubComments implements CommentThread {

    private static final int PAGE = 100;

    private final GHIssue pull;
    private final GithubApi api;
    private final String login;
    private final Map<Long, GHIssueComment> known = new HashMap<>();

    /**
     * @param login name our comments carry; empty to ask
     */
    GithubComments(GHIssue pull, GithubApi api, String login) {
        this.pull = pull;
        this.api = api;
        this.login = login;
    }

    @Override
    public String me() throws IOException {
        return login.isEmpty() ? api.login() : login;
    }

    @Override
    public List<Comment> all() throws IOException {
        List<Comment> comments = new ArrayList<>();
        for (GHIssueComment comment :
                pull.queryComments().list().withPageSize(PAGE).toList()) {
            comments.add(remember(comment));
        }
        return comments;
    }

    @Override
    public Comment write(String body) throws IOException {
        return remember(pull.comment(body));
    }

    @Override
    public void replace(long id, String body) throws IOException {
        get(id).update(body);
    }

    @Override
    public void remove(long id) throws IOException {
        try {
            get(id).delete();
        } catch (FileNotFoundException e) {
            known.remove(id); // gone already
        }
    }

    private GHIssueComment get(long id) {
        GHIssueComment comment = known.get(id);
        if (comment == null) {
            throw new IllegalArgumentException("The comment (" + id + ") must be one of those listed.");
        }
        return comment;
    }

    private Comment remember(GHIssueComment comment) {
        known.put(comment.getId(), comment);
        // A deleted account leaves its comments without an author.
        String author = comment.getUserName() == null ? "" : comment.getUserName();
        String body = comment.getBody() == null ? "" : comment.getBody();
        return new Comment(comment.getId(), author, body, String.valueOf(comment.getHtmlUrl()));
    }
}
