package io.evenkeel.github;

import static io.evenkeel.flaky.history.AttemptStatus.FAILED;
import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.contract.ContractServer.Reply;
import io.evenkeel.pipeline.fix.ForgeCommits;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.fix.PullRequests.Proposal;
import io.evenkeel.pipeline.fix.PullRequests.Readiness;
import io.evenkeel.pipeline.fix.PullRequests.Text;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.host.Publication.Style;
import io.evenkeel.pipeline.host.ShardJobs;
import io.evenkeel.pipeline.host.Told;
import io.evenkeel.pipeline.job.FollowUp;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.FailureLabel;
import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import io.evenkeel.pipeline.summary.Gate;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.SampleRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real client against a server that holds it to GitHub's own OpenAPI document. */
class GithubHostIT {

    private static final String HEAD = "ce587453ced02b1526dfb4cb910479d431683101";

    @TempDir
    Path folder;

    private final NoWaiting pace = new NoWaiting();
    private final List<String> log = new ArrayList<>();
    private FakeGithub github;

    @BeforeEach
    void start() throws Exception {
        github = FakeGithub.start("");
    }

    @AfterEach
    void everyRequestAndAnswerKeptTheContract() {
        if (github != null) {
            github.close();
            assertThat(github.server.breaches()).isEmpty();
        }
    }

    private Map<String, String> runner() throws Exception {
        Map<String, String> env = new HashMap<>();
        env.put("GITHUB_ACTIONS", "true");
        env.put("GITHUB_REPOSITORY", "shop/web");
        env.put("GITHUB_SERVER_URL", "https://github.example");
        env.put("GITHUB_API_URL", github.server.url());
        env.put("GITHUB_RUN_ID", "991");
        env.put("GITHUB_SHA", HEAD);
        env.put("GITHUB_REF_TYPE", "branch");
        env.put("GITHUB_REF_NAME", "main");
        env.put("GITHUB_OUTPUT", folder.resolve("output").toString());
        env.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
        env.put("GITHUB_TOKEN", "ghs_secret");
        return env;
    }

    private Map<String, String> event(Map<String, String> env, String json) throws Exception {
        env.put(
                "GITHUB_EVENT_PATH",
                Files.writeString(folder.resolve("event.json"), json).toString());
        return env;
    }

    private Map<String, String> onPull(String headRepository) throws Exception {
        return event(runner(), """
                {"pull_request":{"number":17,"head":{"sha":"%s","ref":"cart","repo":{"full_name":"%s","owner":{"login":"%s"}}}}}
                """.formatted(HEAD, headRepository, headRepository.replaceFirst("/.*", "")));
    }

    private GithubHost host(Map<String, String> env) {
        return new GithubHost(GithubEnvironment.read(env).orElseThrow(), log::add, pace, Duration.ofSeconds(150));
    }

    private static Publication of(RunSummary summary) {
        return new Publication(
                summary,
                ExitCode.of(summary, Gate.playwright()),
                Gate.playwright(),
                Style.plain("https://github.example/shop/web/actions/runs/991"));
    }

    private static Publication red() {
        SampleRun run = new SampleRun();
        run.executor("a")
                .selects("cart", "wish", "search")
                .fails("cart", "Error: 50% off,\nsecond: line")
                .runs("wish", FAILED, PASSED)
                .runs("search", PASSED)
                .endsRun("failed");
        return of(run.summary(Map.of("cart", new FailureLabel(Kind.NEW, "passed 120 runs on main"))));
    }

    private static Publication green() {
        SampleRun run = new SampleRun();
        run.executor("a").selects("cart").runs("cart", PASSED).endsRun("passed");
        return of(run.summary());
    }

    private static Publication redWith(int failures) {
        SampleRun run = new SampleRun();
        SampleRun.Executor executor = run.executor("a");
        for (int i = 0; i < failures; i++) {
            executor.selects("t" + i).fails("t" + i, "Error: no");
        }
        executor.endsRun("failed");
        return of(run.summary());
    }

    private static List<String> attention(List<Told> told) {
        return told.stream().filter(Told::needsAttention).map(Told::toString).toList();
    }

    private String file(String name) throws Exception {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }

    @Nested
    class GivenNoToken {

        @Test
        void whenReported_thenSummaryOutputsAndAnnotationsAreThereAndOneLineSaysWhatIsMissing() throws Exception {
            Map<String, String> env = onPull("shop/web");
            env.remove("GITHUB_TOKEN");

            List<Told> told = host(env).reported(red());

            assertThat(file("summary.md")).startsWith("### ❌ 1 of 3 tests failed: 1 new");
            assertThat(file("output"))
                    .contains("verdict=failed\nexit-code=1\n", "failed=1\nnew=1\nflaky=1\n")
                    .endsWith("healed=0\n");
            assertThat(log)
                    .first()
                    .asString()
                    .startsWith("::error file=cart.spec.ts,line=9,title=new%3A [desktop] shop › cart::")
                    .endsWith("Error: 50%25 off,%0Asecond: line");
            assertThat(log)
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("::warning file=wish.spec.ts,line=9,title=flaky%3A");
            assertThat(attention(told))
                    .containsExactly(
                            "token: there is no check and comment without a token. Set GITHUB_TOKEN: ${{ github.token }}"
                                    + " and permissions checks: write, pull-requests: write.");
            assertThat(github.server.requests()).isEmpty();
        }

        @Test
        void whenHundredsFailed_thenTenOfEachLevelAreAnnotated() throws Exception {
            Map<String, String> env = runner();
            env.remove("GITHUB_TOKEN");

            host(env).reported(redWith(300));

            assertThat(log).hasSize(10);
        }

        @Test
        void whenTheSummaryIsNearlyFull_thenItStaysBelowItsLimit() throws Exception {
            Files.writeString(folder.resolve("summary.md"), "x".repeat((1 << 20) - 5_000));
            Map<String, String> env = runner();
            env.remove("GITHUB_TOKEN");

            host(env).reported(redWith(300));

            assertThat(Files.size(folder.resolve("summary.md"))).isBetween((1L << 20) - 4_000, 1L << 20);
        }
    }

    @Nested
    class GivenAPullRequest {

        @BeforeEach
        void open() {
            github.pull(17, "cart", HEAD);
        }

        @Test
        void whenReportedTwice_thenThereIsOneCommentAndOneCheck() throws Exception {
            host(onPull("shop/web")).reported(red());
            List<Told> told = host(onPull("shop/web")).reported(red());

            assertThat(attention(told)).isEmpty();
            assertThat(github.onlyComment())
                    .startsWith("<!-- evenkeel:report:v1 playwright -->\n### ❌ 1 of 3 tests failed: 1 new");
            assertThat(github.server.count("PATCH " + FakeGithub.COMMENT)).isZero();
            assertThat(github.checks).hasSize(1);
            var check = github.checks.values().iterator().next();
            assertThat(check.path("head_sha").asText()).isEqualTo(HEAD);
            assertThat(check.path("conclusion").asText()).isEqualTo("failure");
            assertThat(check.at("/output/annotations_count").asInt()).isEqualTo(2);
            assertThat(log).isEmpty();
        }

        @Test
        void whenItIsGreenAgain_thenTheCommentBecomesOneGreenLine() throws Exception {
            host(onPull("shop/web")).reported(red());

            host(onPull("shop/web")).reported(green());

            assertThat(github.onlyComment())
                    .contains("### ✅ The 1 test passed.")
                    .doesNotContain("Failed");
        }

        @Test
        void whenItWasGreenAllAlong_thenThereIsNoComment() throws Exception {
            host(onPull("shop/web")).reported(green());

            assertThat(github.comments).isEmpty();
            assertThat(github.checks
                            .values()
                            .iterator()
                            .next()
                            .path("conclusion")
                            .asText())
                    .isEqualTo("success");
        }

        @Test
        void whenOursIsOnTheThirdPage_thenItIsFound() throws Exception {
            IntStream.range(0, 230).forEach(i -> github.comment("chat " + i, "ann"));
            github.comment("<!-- evenkeel:report:v1 playwright -->\nold", "github-actions[bot]");

            host(onPull("shop/web")).reported(red());

            assertThat(github.comments).hasSize(231);
            assertThat(github.comments.values().stream()
                            .filter(c -> c.path("body").asText().contains("1 of 3 tests failed"))
                            .count())
                    .isEqualTo(1);
        }

        @Test
        void whenSomebodyQuotesTheMarker_thenTheirCommentIsNotTouched() throws Exception {
            github.comment("<!-- evenkeel:report:v1 playwright -->\nmine", "mallory");

            host(onPull("shop/web")).reported(red());

            assertThat(github.comments).hasSize(2);
        }

        @Test
        void whenATokenOfAPersonIsUsed_thenItsNameIsAskedFor() throws Exception {
            Map<String, String> env = onPull("shop/web");
            env.put("GITHUB_TOKEN", "ghp_secret");

            host(env).reported(red());

            assertThat(github.server.count("GET /user")).isEqualTo(1);
        }

        @Test
        void whenEightyFailed_thenAnnotationsAreSentFiftyAtATime() throws Exception {
            SampleRun run = new SampleRun();
            SampleRun.Executor executor = run.executor("a");
            for (int i = 0; i < 80; i++) {
                executor.selects("t" + i);
                if (i < 50) {
                    executor.fails("t" + i, "Error: no");
                } else {
                    executor.runs("t" + i, FAILED, PASSED);
                }
            }
            executor.endsRun("failed");

            host(onPull("shop/web")).reported(of(run.summary()));

            assertThat(github.written)
                    .extracting(body -> body.at("/output/annotations").size())
                    .containsExactly(50, 30);
        }

        @Test
        void whenItWasClosedMeanwhile_thenThereIsNoCommentAndTheCheckIsThere() throws Exception {
            github.pulled(17).put("state", "closed");

            List<Told> told = host(onPull("shop/web")).reported(red());

            assertThat(github.comments).isEmpty();
            assertThat(github.checks).hasSize(1);
            assertThat(told).anyMatch(t -> t.line().contains("closed meanwhile"));
        }

        @Test
        void whenTheBranchWasForcePushed_thenTheOldRunDoesNotComment() throws Exception {
            github.pull(17, "cart", "a".repeat(40));

            List<Told> told = host(onPull("shop/web")).reported(red());

            assertThat(github.comments).isEmpty();
            assertThat(told).anyMatch(t -> t.line().contains("newer commits were pushed"));
        }

        @Test
        void whenThereAreNoResults_thenTheCheckSaysSoAndThereIsNoComment() throws Exception {
            host(onPull("shop/web")).reported(of(new SampleRun().summary()));

            assertThat(github.comments).isEmpty();
            assertThat(github.checks
                            .values()
                            .iterator()
                            .next()
                            .at("/output/title")
                            .asText())
                    .contains("There are no results");
        }
    }

    @Nested
    class GivenAnEnterpriseServer {

        @Test
        void whenReported_thenItsOwnAddressIsUsed() throws Exception {
            github.close();
            github = FakeGithub.start("/api/v3");
            github.pull(17, "cart", HEAD);

            assertThat(attention(host(onPull("shop/web")).reported(red()))).isEmpty();
            assertThat(github.comments).hasSize(1);
        }
    }

    @Nested
    class GivenAFork {

        @Test
        void whenItsOwnJobReports_thenOneLineNamesTheWayOut() throws Exception {
            github.pull(17, "cart", HEAD);
            for (String operation : List.of(FakeGithub.CHECKS, FakeGithub.STATUS, FakeGithub.COMMENTS)) {
                github.server.always(
                        "POST", operation, call -> Reply.error(403, "Resource not accessible by integration"));
            }

            List<Told> told = host(onPull("mallory/web")).reported(red());

            assertThat(attention(told))
                    .containsExactly(
                            "token: the token may not write the check and comment. Give the job the permissions"
                                    + " checks: write, pull-requests: write. A pull request from a fork never gets them: see"
                                    + " \"fork-safe\" in docs/how-to/github.md.");
            assertThat(log).hasSize(2);
        }

        @Test
        void whenTheSecondWorkflowReports_thenThePullRequestIsFoundByTheHeadGitHubNames() throws Exception {
            github.pull(17, "cart", HEAD).withObject("/head").put("label", "mallory:cart");
            Map<String, String> env = event(runner(), """
                    {"workflow_run":{"id":5,"html_url":"https://github.example/shop/web/actions/runs/5","head_sha":"%s",
                     "head_branch":"cart","head_repository":{"full_name":"mallory/web","owner":{"login":"mallory"}}}}
                    """.formatted(HEAD));

            GithubHost host = host(env);

            assertThat(attention(host.reported(red()))).isEmpty();
            assertThat(github.onlyComment()).contains("actions/runs/5");
            assertThat(host.pullRequests()).isEmpty();
        }

        @Test
        void whenTheForkMovedOn_thenNothingIsWrittenUnderIt() throws Exception {
            github.pull(17, "cart", "b".repeat(40)).withObject("/head").put("label", "mallory:cart");
            Map<String, String> env = event(runner(), """
                    {"workflow_run":{"id":5,"head_sha":"%s","head_branch":"cart","head_repository":{"full_name":"mallory/web","owner":{"login":"mallory"}}}}
                    """.formatted(HEAD));

            host(env).reported(red());

            assertThat(github.comments).isEmpty();
        }
    }

    @Nested
    class GivenTrouble {

        @BeforeEach
        void open() {
            github.pull(17, "cart", HEAD);
        }

        @Test
        void whenChecksAreForbidden_thenTheStatusTakesTheirPlace() throws Exception {
            github.server.always(
                    "POST", FakeGithub.CHECKS, call -> Reply.error(403, "Resource not accessible by integration"));

            assertThat(attention(host(onPull("shop/web")).reported(red()))).isEmpty();
            assertThat(github.statuses).hasSize(1);
            assertThat(github.statuses.get(0).path("state").asText()).isEqualTo("failure");
            assertThat(log).hasSize(2);
        }

        @Test
        void whenTheTokenIsDead_thenItIsSaidAndNotTheTokenItself() throws Exception {
            github.server.always("GET", FakeGithub.REPO, call -> Reply.error(401, "Bad credentials"));

            List<Told> told = host(onPull("shop/web")).reported(red());

            assertThat(attention(told)).hasSize(2).allMatch(line -> line.contains("does not accept the token (401)"));
            assertThat(told.toString()).doesNotContain("ghs_secret");
        }

        @Test
        void whenASecondaryLimitIsHit_thenItWaitsAsLongAsGitHubSays() throws Exception {
            github.server.fault(
                    "POST",
                    FakeGithub.COMMENTS,
                    call -> Reply.error(403, "You have exceeded a secondary rate limit")
                            .with("retry-after", "7"));

            assertThat(attention(host(onPull("shop/web")).reported(red()))).isEmpty();
            assertThat(pace.waits).containsExactly(Duration.ofSeconds(7));
            assertThat(github.comments).hasSize(1);
        }

        @Test
        void whenTheQuotaEndsSoon_thenItWaitsForTheNewOne() throws Exception {
            long reset = pace.now().getEpochSecond() + 20;
            github.server.fault(
                    "GET",
                    FakeGithub.REPO,
                    call -> Reply.error(403, "API rate limit exceeded")
                            .with("x-ratelimit-remaining", "0")
                            .with("x-ratelimit-reset", String.valueOf(reset)));

            assertThat(attention(host(onPull("shop/web")).reported(red()))).isEmpty();
            assertThat(pace.waits).containsExactly(Duration.ofSeconds(21));
        }

        @Test
        void whenTheQuotaEndsInAnHour_thenItGivesUpAndSaysSo() throws Exception {
            long reset = pace.now().getEpochSecond() + 3_600;
            github.server.always(
                    "GET",
                    FakeGithub.REPO,
                    call -> Reply.error(403, "API rate limit exceeded")
                            .with("x-ratelimit-remaining", "0")
                            .with("x-ratelimit-reset", String.valueOf(reset)));

            assertThat(attention(host(onPull("shop/web")).reported(red())))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("rate limit"));
            assertThat(pace.waits).isEmpty();
        }

        @Test
        void whenTooManyRequestsAreSaid_thenItWaits() throws Exception {
            github.server.fault(
                    "GET",
                    FakeGithub.COMMENTS,
                    call -> Reply.error(429, "slow down").with("retry-after", "2"));

            assertThat(attention(host(onPull("shop/web")).reported(red()))).isEmpty();
            assertThat(github.comments).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 504})
        void whenTheServerStumbles_thenTheReportIsWholeAndNothingIsThereTwice(int status) throws Exception {
            github.server.fault("GET", FakeGithub.REPO, call -> Reply.error(status, "unicorn"));
            github.server.fault("GET", FakeGithub.COMMENTS, call -> Reply.error(status, "unicorn"));
            // Carried out, and then said to have failed: the worst kind.
            github.server.fault("POST", FakeGithub.COMMENTS, call -> {
                github.comment(call.json().path("body").asText(), "github-actions[bot]");
                return Reply.error(status, "unicorn");
            });
            github.server.fault("POST", FakeGithub.CHECKS, call -> Reply.error(status, "unicorn"));

            assertThat(attention(host(onPull("shop/web")).reported(red()))).isEmpty();
            assertThat(github.comments).hasSize(1);
            assertThat(github.checks).hasSize(1);
        }

        @Test
        void whenAnswersBreakOff_thenTheyAreAskedForAgain() throws Exception {
            github.comment("hello ".repeat(1_000), "ann");
            github.server.fault(
                    "GET",
                    FakeGithub.PULL,
                    call -> Reply.json(200, github.pulled(17)).truncated());

            assertThat(attention(host(onPull("shop/web")).reported(red()))).isEmpty();
            assertThat(github.comments).hasSize(2);
        }

        @Test
        void whenTheServerIsDown_thenTheRunnersFilesAreWrittenAndEachLineSaysWhatToDo() throws Exception {
            github.server.always("GET", FakeGithub.REPO, call -> Reply.error(503, "unicorn"));

            assertThat(attention(host(onPull("shop/web")).reported(red())))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("Run the report job again"));
            assertThat(file("summary.md")).contains("1 of 3 tests failed");
        }

        @Test
        void whenTheTextIsRefused_thenTheReasonIsShown() throws Exception {
            github.server.always("POST", FakeGithub.COMMENTS, call -> Reply.error(422, "Validation Failed"));

            assertThat(attention(host(onPull("shop/web")).reported(red())))
                    .singleElement()
                    .asString()
                    .contains("422", "Validation Failed");
        }

        @Test
        void whenTheRepositoryIsHidden_thenTheRightsAreNamed() throws Exception {
            github.server.always("GET", FakeGithub.REPO, call -> Reply.error(404, "Not Found"));

            assertThat(attention(host(onPull("shop/web")).reported(red())))
                    .singleElement()
                    .asString()
                    .contains("checks: write, pull-requests: write");
        }
    }

    @Nested
    class GivenAPlan {

        @Test
        void whenTold_thenTheMatrixNamesTheBusyShards() throws Exception {
            host(runner()).planned(new ShardJobs("github-991-1", 4, List.of(1, 2, 3)));

            assertThat(file("output")).isEqualTo("matrix={\"shard\":[1,2,3]}\ncount=3\ntotal=4\nrun=github-991-1\n");
        }

        @Test
        void whenThereIsNothingToRun_thenTheCountLetsTheWorkflowSkipTheMatrix() throws Exception {
            host(runner()).planned(new ShardJobs("github-991-1", 2, List.of()));

            assertThat(file("output")).contains("matrix={\"shard\":[]}\ncount=0\n");
        }

        @Test
        void whenThereAreMoreJobsThanGitHubStarts_thenItIsRefusedBeforeTheRun() {
            List<Integer> many = IntStream.rangeClosed(1, 257).boxed().toList();

            assertThatThrownBy(() -> host(runner()).planned(new ShardJobs("github-991-1", 257, many)))
                    .hasMessageContaining("at most 256")
                    .hasMessageContaining("fewer");
        }
    }

    @Nested
    class GivenAProvenRepair {

        private final Text text = new Text("heal: #buy", "Proven.");

        private PullRequests pullRequests() throws Exception {
            return host(runner()).pullRequests().orElseThrow();
        }

        @Test
        void whenAPullRequestIsOpened_thenItIsADraftIntoTheTestedBranch() throws Exception {
            PullRequests requests = pullRequests();

            requests.open(new Proposal("evenkeel/heal-1", requests.base(), text, Readiness.DRAFT));

            var pull = github.pulls.values().iterator().next();
            assertThat(pull.path("draft").asBoolean()).isTrue();
            assertThat(pull.at("/base/ref").asText()).isEqualTo("main");
            assertThat(requests.from("evenkeel/heal-"))
                    .singleElement()
                    .extracting(PullRequests.Pull::state)
                    .isEqualTo(PullRequests.State.OPEN);
        }

        @Test
        void whenDraftsAreNotSupported_thenItIsOpenedReady() throws Exception {
            github.server.fault(
                    "POST",
                    FakeGithub.PULLS,
                    call -> Reply.error(422, "Draft pull requests are not supported in this repository."));

            pullRequests().open(new Proposal("evenkeel/heal-1", "main", text, Readiness.DRAFT));

            assertThat(github.pulls.values().iterator().next().path("draft").asBoolean())
                    .isFalse();
        }

        @Test
        void whenPullRequestsAreListed_thenForksAndOtherBranchesAreNoneOfOurs() throws Exception {
            github.pull(1, "evenkeel/heal-1", HEAD).put("state", "closed");
            github.pull(2, "evenkeel/heal-2", HEAD).put("state", "closed").put("merged_at", "2026-11-20T10:00:00Z");
            github.pull(3, "evenkeel/heal-3", HEAD).withObject("/head/repo").put("full_name", "mallory/web");
            github.pull(4, "feature", HEAD);

            assertThat(pullRequests().from("evenkeel/heal-"))
                    .extracting(PullRequests.Pull::state)
                    .containsExactly(PullRequests.State.MERGED, PullRequests.State.CLOSED);
        }

        /** The coordinator is told of what people did with the pull requests it knows to be open. */
        @Test
        void whenPeopleMergedOrClosedThem_thenTheirProposalsAreAcceptedOrRejected() throws Exception {
            String url = "https://github.example/shop/web/pull/";
            github.pull(1, "evenkeel/heal-1", HEAD).put("state", "closed").put("html_url", url + 1);
            github.pull(2, "evenkeel/heal-2", HEAD)
                    .put("state", "closed")
                    .put("merged_at", "2026-11-20T10:00:00Z")
                    .put("html_url", url + 2);
            github.pull(3, "evenkeel/heal-3", HEAD).put("html_url", url + 3);
            String proposals = IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> "{\"file\":\"a.ts\",\"originalSelector\":\"o" + i
                            + "\",\"healedSelector\":\"h\",\"state\":\"open\",\"pullRequest\":\"" + url + i + "\"}")
                    .collect(Collectors.joining(",", "{\"v\":1,\"proposals\":[", "]}"));

            List<FollowUp> news = FollowUp.of(proposals, pullRequests().from("evenkeel/heal-"));

            assertThat(news)
                    .extracting(n -> n.change().original() + " " + n.decided().state())
                    .containsExactly("o1 rejected", "o2 accepted");
        }

        @Test
        void whenOneIsRevised_thenOnlyWhatDiffersIsSent() throws Exception {
            github.pull(7, "evenkeel/heal-1", HEAD).put("title", "heal: #buy").put("body", "old");
            PullRequests requests = pullRequests();

            requests.revise(requests.from("evenkeel/").get(0), text);

            assertThat(github.pulled(7).path("body").asText()).isEqualTo("Proven.");
            assertThat(github.server.count("PATCH " + FakeGithub.PULL)).isEqualTo(1);
        }

        @Test
        void whenTheTokenMayNot_thenTheRightsAreNamed() throws Exception {
            github.server.always(
                    "POST", FakeGithub.PULLS, call -> Reply.error(403, "Resource not accessible by integration"));

            assertThatThrownBy(
                            () -> pullRequests().open(new Proposal("evenkeel/heal-1", "main", text, Readiness.DRAFT)))
                    .hasMessageContaining("contents: write")
                    .hasMessageContaining("pull-requests: write");
        }

        @Test
        void whenCommitsMustBeSigned_thenGitHubMakesTheCommit() throws Exception {
            github.server.always(
                    "GET",
                    FakeGithub.RULES,
                    call -> Reply.json(
                            200,
                            new com.fasterxml.jackson.databind.ObjectMapper()
                                    .createArrayNode()
                                    .add(new com.fasterxml.jackson.databind.ObjectMapper()
                                            .createObjectNode()
                                            .put("type", "required_signatures"))));
            ForgeCommits commits = pullRequests().commits().orElseThrow();
            var file = new ForgeCommits.Content(
                    "e2e/cart.spec.ts", "a\r\n".getBytes(StandardCharsets.UTF_8), ForgeCommits.Mode.EXECUTABLE);

            assertThat(commits.wantedFor("evenkeel/heal-1")).isTrue();
            for (int i = 0; i < 2; i++) {
                commits.commit("evenkeel/heal-1", new ForgeCommits.Base(HEAD, HEAD), "heal: #buy", List.of(file));
            }

            assertThat(github.refs).containsOnlyKeys("refs/heads/evenkeel/heal-1");
            assertThat(github.server.count("PATCH " + FakeGithub.REF)).isEqualTo(1);
            assertThat(github.written.get(0).path("content").asText()).isEqualTo("YQ0K");
            assertThat(github.written.get(1).at("/tree/0/mode").asText()).isEqualTo("100755");
        }
    }
}
