package io.evenkeel.pipeline.fix;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The pull or merge requests of a repository, as far as repairs need them. One thread. */
public interface PullRequests {

    /** What became of a pull request. */
    enum State {
        OPEN,
        MERGED,
        /** Closed without being merged: a person said no. */
        CLOSED
    }

    /**
     * A pull request from a branch of the same repository.
     *
     * @param number what the forge knows it by
     * @param branch the branch it comes from
     * @param state what became of it
     * @param text title and description
     * @param url its page
     */
    record Pull(long number, String branch, State state, Text text, String url) {}

    /** Title and description, both as the forge has them. */
    record Text(String title, String body) {}

    /**
     * A pull request to be.
     *
     * @param branch where the repair is
     * @param base the branch it is to be merged into
     * @param text title and description
     * @param readiness whether it is a draft
     */
    record Proposal(String branch, String base, Text text, Readiness readiness) {}

    /** Whether reviewers are called. */
    enum Readiness {
        /** Reviewers are not called, and it cannot be merged by accident. */
        DRAFT,
        READY
    }

    /** Returns the branch repairs of this run are merged into. */
    String base();

    /**
     * Returns the pull requests, open and closed, whose branch lies in this repository and begins with the prefix.
     *
     * @throws IOException when the forge refuses or cannot be reached
     */
    List<Pull> from(String branchPrefix) throws IOException;

    /**
     * Opens a pull request.
     *
     * @throws IOException when the forge refuses or cannot be reached; the message says what to do
     */
    Pull open(Proposal proposal) throws IOException;

    /** Replaces title and description of an open one. */
    void revise(Pull pull, Text text) throws IOException;

    /** Returns a way to commit through the forge, which then signs; empty when commits are pushed. */
    Optional<ForgeCommits> commits();
}
