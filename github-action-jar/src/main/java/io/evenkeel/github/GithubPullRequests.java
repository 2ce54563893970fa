package io.evenkeel.github;

import io.evenkeel.pipeline.fix.ForgeCommits;
import io.evenkeel.pipeline.fix.PullRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.github.GHDirection;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequestQueryBuilder;
import org.kohsuke.github.GHRepository;

/** The pull requests of the repository. One thread. */
final class GithubPullRequests implements PullRequests {

    private static final int PAGE = 100;
    private static final int MOST = 1_000;

    private final GithubApi api;
    private final String repository;
    private final String base;

    GithubPullRequests(GithubApi api, String repository, String base) {
        this.api = api;
        this.repository = repository;
        this.base = base;
    }

    @Override
    public String base() {
        return base;
    }

    @Override
    public List<Pull> from(String branchPrefix) throws IOException {
        List<Pull> pulls = new ArrayList<>();
        int seen = 0;
        try {
            for (GHPullRequest pull : api.repository()
                    .queryPullRequests()
                    .state(GHIssueState.ALL)
                    .sort(GHPullRequestQueryBuilder.Sort.CREATED)
                    .direction(GHDirection.DESC)
                    .list()
                    .withPageSize(PAGE)) {
                // Anybody can name a branch of their fork like ours.
                GHRepository from = pull.getHead().getRepository();
                if (from != null
                        && repository.equalsIgnoreCase(from.getFullName())
                        && pull.getHead().getRef().startsWith(branchPrefix)) {
                    pulls.add(read(pull));
                }
                if (++seen == MOST) {
                    break;
                }
            }
        } catch (org.kohsuke.github.GHException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e);
        } catch (IOException e) {
            throw new IOException(Refusal.line(e), e);
        }
        return pulls;
    }

    private static Pull read(GHPullRequest pull) {
        State state = pull.getState() == GHIssueState.OPEN
                ? State.OPEN
                : pull.getMergedAt() != null ? State.MERGED : State.CLOSED;
        String body = pull.getBody() == null ? "" : pull.getBody();
        return new Pull(
                pull.getNumber(),
                pull.getHead().getRef(),
                state,
                new Text(pull.getTitle(), body),
                String.valueOf(pull.getHtmlUrl()));
    }

    @Override
    public Pull open(Proposal proposal) throws IOException {
        try {
            return read(create(proposal, proposal.readiness()));
        } catch (IOException e) {
            boolean noDrafts = Refusal.code(e) == 422
                    && proposal.readiness() == Readiness.DRAFT
                    && String.valueOf(e.getMessage()).contains("raft pull requests are not supported");
            if (noDrafts) {
                return read(create(proposal, Readiness.READY));
            }
            throw new IOException(refused(e), e);
        }
    }

    private GHPullRequest create(Proposal proposal, Readiness readiness) throws IOException {
        return api.repository()
                .createPullRequest(
                        proposal.text().title(),
                        proposal.branch(),
                        proposal.base(),
                        proposal.text().body(),
                        true,
                        readiness == Readiness.DRAFT);
    }

    private static String refused(IOException e) {
        return Refusal.isLackOfRights(e)
                ? "the token may not open pull requests. Give it contents: write and pull-requests: write, and allow"
                        + " Actions to create pull requests in the settings of the repository."
                : Refusal.line(e);
    }

    @Override
    public void revise(Pull pull, Text text) throws IOException {
        try {
            GHPullRequest there = api.repository().getPullRequest(Math.toIntExact(pull.number()));
            if (!text.title().equals(there.getTitle())) {
                there.setTitle(text.title());
            }
            if (!text.body().equals(there.getBody())) {
                there.setBody(text.body());
            }
        } catch (IOException e) {
            throw new IOException(refused(e), e);
        }
    }

    @Override
    public Optional<ForgeCommits> commits() {
        return Optional.of(new GithubCommits(api, repository));
    }
}
