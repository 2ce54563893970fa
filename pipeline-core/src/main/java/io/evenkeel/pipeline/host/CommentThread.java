package io.evenkeel.pipeline.host;

import java.io.IOException;
import java.util.List;

/** The comments under one pull or merge request. One thread. */
public interface CommentThread {

    /**
     * A comment.
     *
     * @param id what the forge knows it by; later comments have greater ones
     * @param author login name
     * @param body Markdown
     * @param url address of the comment for people, empty when not known
     */
    record Comment(long id, String author, String body, String url) {}

    /** Returns the login name comments of this token carry. */
    String me() throws IOException;

    /** Returns every comment, on all pages. */
    List<Comment> all() throws IOException;

    /** Adds a comment. */
    Comment write(String body) throws IOException;

    /** Replaces the text of a comment. */
    void replace(long id, String body) throws IOException;

    /** Deletes a comment; one that is gone already is no error. */
    void remove(long id) throws IOException;
}
