package io.evenkeel.github;

import io.evenkeel.github.GithubEnvironment.Tested;
import io.evenkeel.pipeline.client.Pace;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.host.CiHost;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.host.Remark;
import io.evenkeel.pipeline.host.ReportOutputs;
import io.evenkeel.pipeline.host.ShardJobs;
import io.evenkeel.pipeline.host.StickyComment;
import io.evenkeel.pipeline.host.Told;
import io.evenkeel.pipeline.summary.MarkdownOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;

/**
 * Tells GitHub.
 *
 * <p>Summary, outputs and annotations need no token and are always there. Check and comment are added where the token may; what is
 * missing is said in one line. One thread.
 */
final class GithubHost implements CiHost {

    /** GitHub starts no more jobs of one matrix. */
    private static final int MOST_JOBS = 256;

    private final GithubEnvironment environment;
    private final RunnerFiles runner;
    private final Pace pace;
    private final Duration patience;

    GithubHost(GithubEnvironment environment, Consumer<String> log, Pace pace, Duration patience) {
        this.environment = environment;
        this.runner = new RunnerFiles(environment.files(), log);
        this.pace = pace;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "GitHub Actions";
    }

    @Override
    public List<Told> planned(ShardJobs jobs) {
        if (jobs.busy().size() > MOST_JOBS) {
            throw new IllegalArgumentException("The plan has " + jobs.busy().size() + " shards; GitHub starts at most "
                    + MOST_JOBS + " jobs of one matrix. Plan fewer shards.");
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(
                "matrix",
                "{\"shard\":[" + jobs.busy().stream().map(String::valueOf).collect(Collectors.joining(",")) + "]}");
        outputs.put("count", String.valueOf(jobs.busy().size()));
        outputs.put("total", String.valueOf(jobs.total()));
        outputs.put("run", jobs.runKey());
        try {
            return runner.outputs(outputs)
                    ? List.of(Told.done("outputs", String.join(", ", outputs.keySet())))
                    : List.of(Told.lacking("outputs", "GITHUB_OUTPUT is not set: this is no step of a workflow"));
        } catch (IOException e) {
            return List.of(Told.failed("outputs", "GITHUB_OUTPUT cannot be written: " + e.getMessage()));
        }
    }

    @Override
    public List<Told> reported(Publication publication) {
        List<Told> told = new ArrayList<>();
        told.addAll(toRunner(publication));
        Map<String, String> missing = new LinkedHashMap<>();
        boolean checked = false;
        if (environment.access().token().isEmpty()) {
            missing.put("check", "checks: write");
            missing.put("comment", "pull-requests: write");
        } else {
            GithubApi api =
                    new GithubApi(environment.place(), environment.access().token(), pace, patience);
            checked = check(publication, api, told, missing);
            comment(publication, api, told, missing);
        }
        if (!checked) {
            runner.annotate(Remark.of(publication, RunnerFiles.MOST_OF_EACH_LEVEL));
        }
        if (!missing.isEmpty()) {
            told.add(Told.lacking("token", lack(missing)));
        }
        return told;
    }

    private String lack(Map<String, String> missing) {
        String places = String.join(" and ", missing.keySet());
        String scopes = missing.values().stream().distinct().collect(Collectors.joining(", "));
        if (environment.access().token().isEmpty()) {
            return "there is no " + places + " without a token. Set GITHUB_TOKEN: ${{ github.token }} and permissions "
                    + scopes + ".";
        }
        return "the token may not write the " + places + ". Give the job the permissions " + scopes
                + (environment.tested().branch().isEmpty()
                        ? ". A pull request from a fork never gets them: see \"fork-safe\" in docs/how-to/github.md."
                        : ".");
    }

    private List<Told> toRunner(Publication publication) {
        List<Told> told = new ArrayList<>();
        try {
            if (runner.summary(publication::markdown)) {
                told.add(Told.done("step summary", "written"));
            }
            runner.outputs(ReportOutputs.of(publication));
        } catch (IOException e) {
            told.add(Told.failed("step summary", "the runner's files cannot be written: " + e.getMessage()));
        }
        return told;
    }

    /** Writes the check, or where the token may not, the commit status; returns whether the check carries the annotations. */
    private boolean check(Publication publication, GithubApi api, List<Told> told, Map<String, String> missing) {
        Tested tested = environment.tested();
        if (tested.commit().isEmpty()) {
            return false;
        }
        GithubCheck check = new GithubCheck(tested.commit(), publication);
        try {
            told.add(again(() -> check.write(api.repository())));
            return true;
        } catch (IOException e) {
            if (!Refusal.isLackOfRights(e)) {
                told.add(Told.failed("check", Refusal.line(e)));
                return false;
            }
        }
        try {
            told.add(again(() -> check.writeStatus(api.repository())));
        } catch (IOException e) {
            if (Refusal.isLackOfRights(e)) {
                missing.put("check", "checks: write");
            } else {
                told.add(Told.failed("commit status", Refusal.line(e)));
            }
        }
        return false;
    }

    private void comment(Publication publication, GithubApi api, List<Told> told, Map<String, String> missing) {
        try {
            told.add(again(() -> comment(publication, api)));
        } catch (IOException e) {
            if (Refusal.isLackOfRights(e)) {
                missing.put("comment", "pull-requests: write");
            } else {
                told.add(Told.failed("comment", Refusal.line(e)));
            }
        }
    }

    private Told comment(Publication publication, GithubApi api) throws IOException {
        Optional<GHPullRequest> pull = pull(api);
        if (pull.isEmpty()) {
            return Told.unchanged("comment", "none: there is no open pull request for this commit");
        }
        if (pull.get().getState() != GHIssueState.OPEN) {
            return Told.unchanged("comment", "none: pull request " + pull.get().getNumber() + " was closed meanwhile");
        }
        if (!pull.get().getHead().getSha().equals(environment.tested().commit())) {
            return Told.unchanged("comment", "none: newer commits were pushed meanwhile");
        }
        String footer = "commit <code>" + shortHash(environment.tested().commit()) + "</code> · <a href=\""
                + environment.place().runUrl()
                + "\">run</a> · Evenkeel keeps this comment up to date; <code>comment: off</code> turns it off";
        return new StickyComment(publication.style().key(), footer, MarkdownOptions.COMMENT)
                .tell(
                        publication,
                        new GithubComments(pull.get(), api, environment.access().login()));
    }

    /**
     * Returns the pull request the run is about. After {@code workflow_run} it is looked for by its head, of which GitHub itself told
     * the name: nothing a fork has written decides where the comment goes.
     */
    private Optional<GHPullRequest> pull(GithubApi api) throws IOException {
        Tested tested = environment.tested();
        if (tested.pull().isPresent()) {
            return Optional.of(api.repository().getPullRequest(tested.pull().getAsInt()));
        }
        if (tested.head().isEmpty()) {
            return Optional.empty();
        }
        return api
                .repository()
                .queryPullRequests()
                .state(GHIssueState.OPEN)
                .head(tested.head())
                .list()
                .withPageSize(100)
                .toList()
                .stream()
                .filter(pull -> pull.getHead().getSha().equals(tested.commit()))
                .findFirst();
    }

    private static String shortHash(String commit) {
        return commit.substring(0, Math.min(7, commit.length()));
    }

    @Override
    public Optional<PullRequests> pullRequests() {
        Tested tested = environment.tested();
        if (environment.access().fixes().isEmpty() || tested.branch().isEmpty()) {
            return Optional.empty();
        }
        GithubApi api = new GithubApi(environment.place(), environment.access().fixes(), pace, patience);
        return Optional.of(new GithubPullRequests(api, environment.place().repository(), tested.branch()));
    }

    /** An action that may be done twice, because it begins with looking what is there. */
    private interface Attempt {
        Told run() throws IOException;
    }

    private static Told again(Attempt attempt) throws IOException {
        try {
            return attempt.run();
        } catch (IOException e) {
            if (!Refusal.isPassing(e)) {
                throw e;
            }
            return attempt.run();
        }
    }
}
