package io.evenkeel.gitlab;

import io.evenkeel.gitlab.GitlabApi.GitlabRefusal;
import io.evenkeel.gitlab.GitlabEnvironment.Tested;
import io.evenkeel.pipeline.client.Pace;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.host.CiHost;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.host.ShardJobs;
import io.evenkeel.pipeline.host.StickyComment;
import io.evenkeel.pipeline.host.Told;
import io.evenkeel.pipeline.summary.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gitlab4j.api.models.CommitStatus;
import org.gitlab4j.api.models.MergeRequest;
import org.gitlab4j.models.Constants.CommitBuildState;

/**
 * Tells GitLab.
 *
 * <p>The report files need no token and are always there. Note, threads and commit status need a project or group access token; what is
 * missing is said in one line. One thread.
 */
final class GitlabHost implements CiHost {

    /** Half of what GitLab takes: nobody reads a note of a megabyte. */
    private static final int LARGEST_NOTE = 500_000;

    /** GitLab's own limit for {@code parallel}; a child pipeline of more jobs helps nobody either. */
    private static final int MOST_JOBS = 200;

    private static final int LONGEST_DESCRIPTION = 255;

    private final GitlabEnvironment environment;
    private final Pace pace;
    private final Duration patience;

    GitlabHost(GitlabEnvironment environment, Pace pace, Duration patience) {
        this.environment = environment;
        this.pace = pace;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "GitLab CI";
    }

    @Override
    public List<Told> planned(ShardJobs jobs) {
        if (jobs.total() > MOST_JOBS) {
            throw new IllegalArgumentException("The plan has " + jobs.total() + " shards; GitLab starts at most "
                    + MOST_JOBS + " parallel jobs. Plan fewer shards.");
        }
        if (environment.child().isEmpty()) {
            return List.of();
        }
        GitlabEnvironment.ChildJobs child = environment.child().get();
        try {
            ChildPipeline.write(child, jobs);
            return List.of(Told.done("child pipeline", "written to " + child.file()));
        } catch (IOException e) {
            return List.of(Told.failed("child pipeline", child.file() + " cannot be written: " + e.getMessage()));
        }
    }

    @Override
    public List<Told> reported(Publication publication) {
        List<Told> told = new ArrayList<>();
        try {
            GitlabReports.write(environment.files(), publication);
            told.add(Told.done(
                    "report files",
                    "JUnit, code quality, metrics and dotenv in "
                            + environment.files().folder()));
        } catch (IOException e) {
            told.add(Told.failed("report files", "they cannot be written: " + e.getMessage()));
        }
        if (environment.token().isEmpty()) {
            told.add(Told.lacking(
                    "token",
                    "there is no note and no commit status: CI_JOB_TOKEN cannot write them. Set EVENKEEL_GITLAB_TOKEN to a"
                            + " project access token (scope api, role Developer), as a masked variable that merge request"
                            + " pipelines see."));
            return told;
        }
        GitlabApi api = new GitlabApi(environment.place(), environment.token(), pace, patience);
        told.add(attempt("commit status", () -> status(publication, api)));
        Tested tested = environment.tested();
        if (tested.mergeRequest() > 0) {
            told.add(attempt("comment", () -> note(publication, api)));
        }
        return told;
    }

    private interface Attempt {
        Told run() throws IOException;
    }

    /** Each begins with looking what is there, so it may be done twice. */
    private static Told attempt(String place, Attempt attempt) {
        try {
            try {
                return attempt.run();
            } catch (GitlabRefusal e) {
                if (!e.isPassing()) {
                    throw e;
                }
                return attempt.run();
            }
        } catch (GitlabRefusal e) {
            boolean rights = e.isLackOfRights() || e.code() == 401;
            return rights
                    ? Told.lacking(place, String.valueOf(e.getMessage()))
                    : Told.failed(place, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Told.failed(place, String.valueOf(e.getMessage()));
        }
    }

    private Told status(Publication publication, GitlabApi api) throws IOException {
        RunSummary summary = publication.summary();
        CommitBuildState state = switch (publication.decision().code()) {
            case PASSED -> CommitBuildState.SUCCESS;
            case INTERRUPTED -> CommitBuildState.CANCELED;
            case FAILED, WRONG_USE, UNPROVEN -> CommitBuildState.FAILED;
        };
        String sentence = summary.sentence();
        CommitStatus status = new CommitStatus()
                .withName("evenkeel/" + publication.style().key())
                .withDescription(
                        sentence.length() <= LONGEST_DESCRIPTION
                                ? sentence
                                : sentence.substring(0, LONGEST_DESCRIPTION - 1) + "…");
        if (!publication.style().links().run().isEmpty()) {
            status.withTargetUrl(publication.style().links().run());
        }
        try {
            api.ask((gitlab, project) -> gitlab.getCommitsApi()
                    .addCommitStatus(project, environment.tested().commit(), state, status));
        } catch (GitlabRefusal e) {
            // GitLab does not let a status move to the state it has.
            if (e.code() == 400 && String.valueOf(e.getMessage()).contains("Cannot transition status")) {
                return Told.unchanged("commit status", "says so already");
            }
            throw e;
        }
        return Told.done("commit status", "set");
    }

    private Told note(Publication publication, GitlabApi api) throws IOException {
        long number = environment.tested().mergeRequest();
        MergeRequest request =
                api.ask((gitlab, project) -> gitlab.getMergeRequestApi().getMergeRequest(project, number));
        if (!"opened".equals(request.getState())) {
            return Told.unchanged("comment", "none: merge request !" + number + " is " + request.getState() + " now");
        }
        if (!environment.tested().commit().equals(request.getSha())) {
            return Told.unchanged("comment", "none: newer commits were pushed meanwhile");
        }
        String commit = environment.tested().commit();
        String footer = "commit <code>" + commit.substring(0, Math.min(8, commit.length())) + "</code>"
                + (environment.place().pipelineUrl().isEmpty()
                        ? ""
                        : " · <a href=\"" + environment.place().pipelineUrl() + "\">pipeline</a>")
                + " · Evenkeel keeps this note up to date; <code>comment: off</code> turns it off";
        Told note = new StickyComment(publication.style().key(), footer, LARGEST_NOTE)
                .tell(publication, new GitlabNotes(api, number, String.valueOf(request.getWebUrl())));
        new HealThreads(api, number).tell(publication);
        return note;
    }

    @Override
    public Optional<PullRequests> pullRequests() {
        if (environment.token().isEmpty() || environment.tested().branch().isEmpty()) {
            return Optional.empty();
        }
        GitlabApi api = new GitlabApi(environment.place(), environment.token(), pace, patience);
        return Optional.of(new GitlabMergeRequests(api, environment.tested().branch()));
    }
}
