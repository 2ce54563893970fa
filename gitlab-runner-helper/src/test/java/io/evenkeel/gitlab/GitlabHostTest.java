package io.evenkeel.gitlab;

import static io.evenkeel.flaky.history.AttemptStatus.FAILED;
import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.client.Pace;
import io.evenkeel.pipeline.contract.ContractServer.Reply;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.fix.PullRequests.Proposal;
import io.evenkeel.pipeline.fix.PullRequests.Readiness;
import io.evenkeel.pipeline.fix.PullRequests.Text;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.host.Publication.Style;
import io.evenkeel.pipeline.host.ShardJobs;
import io.evenkeel.pipeline.host.Told;
import io.evenkeel.pipeline.job.FollowUp;
import io.evenkeel.pipeline.protocol.RunEvent.Attachment;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.Heal;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.protocol.RunEvent.Stored;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.Gate;
import io.evenkeel.pipeline.summary.SampleRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The real client against a server that holds it to the documented contract. */
class GitlabHostTest {

    private static final String HEAD = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

    @TempDir
    Path folder;

    private final NoWaiting pace = new NoWaiting();
    private FakeGitlab gitlab;

    /** Time that passes only by waiting. */
    private static final class NoWaiting implements Pace {
        private final List<Duration> waits = new ArrayList<>();

        @Override
        public long ticks() {
            return 0;
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-11-21T10:00:00Z");
        }

        @Override
        public void pause(Duration time) {
            waits.add(time);
        }
    }

    @BeforeEach
    void start() throws Exception {
        gitlab = new FakeGitlab();
        gitlab.request(17, "cart", HEAD);
    }

    @AfterEach
    void everyRequestAndAnswerKeptTheContract() {
        gitlab.close();
        assertThat(gitlab.server.breaches()).isEmpty();
    }

    private Map<String, String> runner() {
        Map<String, String> env = new HashMap<>();
        env.put("GITLAB_CI", "true");
        env.put("CI_API_V4_URL", gitlab.server.url());
        env.put("CI_PROJECT_ID", "5");
        env.put("CI_PROJECT_DIR", folder.toString());
        env.put("CI_PIPELINE_URL", "https://gitlab.example/shop/web/-/pipelines/7");
        env.put("CI_COMMIT_SHA", "merged");
        env.put("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", HEAD);
        env.put("CI_MERGE_REQUEST_IID", "17");
        env.put("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "5");
        env.put("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "cart");
        env.put("EVENKEEL_GITLAB_TOKEN", "glpat-secret");
        return env;
    }

    private GitlabHost host(Map<String, String> env) {
        return new GitlabHost(
                GitlabEnvironment.read(env, folder.resolve(".evenkeel")).orElseThrow(), pace, Duration.ofSeconds(150));
    }

    private GitlabHost host() {
        return host(runner());
    }

    private static Publication of(SampleRun run) {
        var summary = run.summary();
        return new Publication(
                summary,
                ExitCode.of(summary, Gate.playwright()),
                Gate.playwright(),
                Style.plain("https://gitlab.example/shop/web/-/pipelines/7"));
    }

    private static Publication red() {
        SampleRun run = new SampleRun();
        run.executor("a")
                .selects("cart", "wish")
                .fails("cart", "Error: no")
                .runs("wish", FAILED, PASSED)
                .endsRun("failed");
        return of(run);
    }

    private static Publication green() {
        SampleRun run = new SampleRun();
        run.executor("a").selects("cart").runs("cart", PASSED).endsRun("passed");
        return of(run);
    }

    private static Publication healed(int line) {
        SampleRun run = new SampleRun();
        run.executor("a")
                .selects("cart")
                .fails("cart", "Error: no")
                .says(new Heal(new HealEvent(
                        new HealSubject("cart", "pages/cart.ts", line, "locator-not-found", Optional.empty()),
                        new HealLocator("getByTestId('buy')", Optional.of("getByTestId('add')"), "test-id", Map.of()),
                        new HealDecision(0.97, "auto", "", Duration.ZERO),
                        Optional.of(new HealVerification("failed", List.of("passed", "passed"), 0, true)),
                        Optional.of(
                                "--- a/pages/cart.ts\n+++ b/pages/cart.ts\n@@ -11 +11 @@\n-  old ```\n+  new ```\n"))))
                .endsRun("failed");
        return of(run);
    }

    private static List<String> attention(List<Told> told) {
        return told.stream().filter(Told::needsAttention).map(Told::toString).toList();
    }

    private String file(String name) throws Exception {
        return Files.readString(folder.resolve(".evenkeel/gitlab").resolve(name));
    }

    @Nested
    class GivenNoToken {

        @Test
        void whenReported_thenTheReportFilesAreThereAndOneLineSaysWhatIsMissing() throws Exception {
            Map<String, String> env = runner();
            env.remove("EVENKEEL_GITLAB_TOKEN");
            env.put("CI_JOB_TOKEN", "job");

            List<Told> told = host(env).reported(red());

            assertThat(attention(told)).singleElement().asString().contains("CI_JOB_TOKEN cannot", "scope api");
            assertThat(file("evenkeel.env")).contains("EVENKEEL_VERDICT=failed\nEVENKEEL_EXIT_CODE=1\n");
            assertThat(file("metrics.txt")).contains("evenkeel_tests_failed 1\nevenkeel_tests_flaky 1\n");
            assertThat(gitlab.server.requests()).isEmpty();
        }
    }

    @Nested
    class GivenAMergeRequest {

        @Test
        void whenReportedTwice_thenThereIsOneNoteAndTheStatusIsOnTheHead() throws Exception {
            host().reported(red());
            List<Told> told = host().reported(red());

            assertThat(attention(told)).isEmpty();
            assertThat(gitlab.notes).hasSize(1);
            assertThat(gitlab.notes.values().iterator().next().path("body").asText())
                    .startsWith("<!-- evenkeel:report:v1 playwright -->\n### ❌ 1 of 2 tests failed");
            assertThat(gitlab.server.count("PUT " + FakeGitlab.NOTE)).isZero();
            assertThat(gitlab.statuses.get(0))
                    .containsEntry("state", "failed")
                    .containsEntry("name", "evenkeel/playwright");
        }

        @Test
        void whenItIsGreenAgain_thenTheNoteBecomesOneGreenLine() throws Exception {
            host().reported(red());

            host().reported(green());

            assertThat(gitlab.notes.values().iterator().next().path("body").asText())
                    .contains("### ✅ The 1 test passed.");
        }

        @Test
        void whenOursIsOnALaterPage_thenItIsFound() throws Exception {
            IntStream.range(0, 230).forEach(i -> gitlab.note("chat " + i, "ann"));
            gitlab.note("<!-- evenkeel:report:v1 playwright -->\nold", FakeGitlab.BOT);

            host().reported(red());

            assertThat(gitlab.notes).hasSize(231);
        }

        @Test
        void whenSomebodyQuotesTheMarker_thenTheirNoteIsNotTouched() throws Exception {
            gitlab.note("<!-- evenkeel:report:v1 playwright -->\nmine", "mallory");

            host().reported(red());

            assertThat(gitlab.notes).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource({"closed,c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00", "opened,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        })
        void whenItWasClosedOrPushedToMeanwhile_thenThereIsNoNote(String state, String sha) throws Exception {
            gitlab.requested(17).put("state", state).put("sha", sha);

            assertThat(attention(host().reported(red()))).isEmpty();
            assertThat(gitlab.notes).isEmpty();
        }

        @Test
        void whenAProvenRepairIsOnALineItAdds_thenAThreadThereOffersItAndIsResolvedLater() throws Exception {
            host().reported(healed(11));
            host().reported(healed(11));

            assertThat(gitlab.started).hasSize(1);
            assertThat(gitlab.started.get(0))
                    .containsEntry("position[new_line]", "11")
                    .containsEntry("position[new_path]", "pages/cart.ts")
                    .hasEntrySatisfying(
                            "body", body -> assertThat(body).contains("````suggestion:-0+0\n  new ```\n````"));

            host().reported(green());

            assertThat(gitlab.threads.get(0).at("/notes/0/resolved").asBoolean())
                    .isTrue();
        }

        @Test
        void whenAProvenRepairIsElsewhere_thenTheThreadShowsTheDiff() throws Exception {
            host().reported(healed(99));

            assertThat(gitlab.started.get(0)).doesNotContainKey("position[new_line]");
            assertThat(gitlab.started.get(0).getOrDefault("body", "")).contains("````diff\n");
        }
    }

    @Nested
    class GivenTrouble {

        @Test
        void whenTheTokenIsDead_thenItIsSaidAndNotTheTokenItself() throws Exception {
            gitlab.server.always("POST", FakeGitlab.STATUS, call -> Reply.error(401, "401 Unauthorized"));
            gitlab.server.always("GET", FakeGitlab.REQUEST, call -> Reply.error(401, "401 Unauthorized"));

            List<Told> told = host().reported(red());

            assertThat(attention(told)).hasSize(2).allMatch(line -> line.contains("does not accept the token (401)"));
            assertThat(told.toString()).doesNotContain("glpat-secret");
        }

        @ParameterizedTest
        @ValueSource(ints = {403, 404})
        void whenTheTokenMayNot_thenScopeAndRoleAreNamed(int status) throws Exception {
            gitlab.server.always("POST", FakeGitlab.NOTES, call -> Reply.error(status, "no"));

            assertThat(attention(host().reported(red())))
                    .singleElement()
                    .asString()
                    .contains("scope api");
        }

        @Test
        void whenTheStatusIsThereAlready_thenThatIsNoError() throws Exception {
            gitlab.server.always(
                    "POST",
                    FakeGitlab.STATUS,
                    call -> Reply.error(400, "Cannot transition status via :drop from :failed"));

            assertThat(attention(host().reported(red()))).isEmpty();
        }

        @Test
        void whenFewerRequestsAreAskedFor_thenItWaitsAsLongAsGitLabSays() throws Exception {
            gitlab.server.fault(
                    "POST",
                    FakeGitlab.NOTES,
                    call -> Reply.error(429, "Retry later").with("Retry-After", "9"));

            assertThat(attention(host().reported(red()))).isEmpty();
            assertThat(pace.waits).containsExactly(Duration.ofSeconds(9));
            assertThat(gitlab.notes).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503})
        void whenTheServerStumbles_thenTheReportIsWholeAndNothingIsThereTwice(int status) throws Exception {
            gitlab.server.fault("GET", FakeGitlab.NOTES, call -> Reply.error(status, "oops"));
            // Carried out, and then said to have failed: the worst kind.
            gitlab.server.fault("POST", FakeGitlab.NOTES, call -> {
                gitlab.note(FakeGitlab.value(call, "body"), FakeGitlab.BOT);
                return Reply.error(status, "oops");
            });

            assertThat(attention(host().reported(red()))).isEmpty();
            assertThat(gitlab.notes).hasSize(1);
        }

        @Test
        void whenAnAnswerBreaksOff_thenItIsAskedForAgain() throws Exception {
            gitlab.server.fault(
                    "GET",
                    FakeGitlab.REQUEST,
                    call -> Reply.json(200, gitlab.requested(17)).truncated());

            assertThat(attention(host().reported(red()))).isEmpty();
            assertThat(gitlab.notes).hasSize(1);
        }

        @Test
        void whenTheServerIsDown_thenTheFilesAreThereAndEachLineSaysWhatToDo() throws Exception {
            gitlab.server.always("POST", FakeGitlab.STATUS, call -> Reply.error(503, "oops"));
            gitlab.server.always("GET", FakeGitlab.REQUEST, call -> Reply.error(503, "oops"));

            assertThat(attention(host().reported(red())))
                    .hasSize(2)
                    .allMatch(line -> line.contains("Run the report job again"));
            assertThat(file("junit.xml")).contains("<testcase");
        }

        @Test
        void whenSomethingElseChangedAtTheSameMoment_thenItIsSaid() throws Exception {
            gitlab.server.always("POST", FakeGitlab.NOTES, call -> Reply.error(409, "Conflict"));

            assertThat(attention(host().reported(red())))
                    .singleElement()
                    .asString()
                    .contains("(409)");
        }
    }

    @Nested
    class GivenTheReportFiles {

        private Document junit(SampleRun run) throws Exception {
            Map<String, String> env = runner();
            env.remove("EVENKEEL_GITLAB_TOKEN");
            host(env).reported(of(run));
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve(".evenkeel/gitlab/junit.xml").toFile());
        }

        private static TestSelected test(String id, String title) {
            return new TestSelected(
                    id, "desktop", new TestPlace("a.spec.ts", List.of(title), 3, 1, "default"), List.of(), PASSED);
        }

        @Test
        void whenTwoTestsShareATitle_thenTheirNamesDiffer() throws Exception {
            SampleRun run = new SampleRun();
            run.executor("a")
                    .selects(test("1", "same"))
                    .selects(test("2", "same"))
                    .runs("1", PASSED)
                    .runs("2", PASSED)
                    .endsRun("passed");

            var cases = junit(run).getElementsByTagName("testcase");

            assertThat(cases.getLength()).isEqualTo(2);
            assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo("same");
            assertThat(((Element) cases.item(1)).getAttribute("name")).isEqualTo("same (2)");
            assertThat(((Element) cases.item(0)).getAttribute("classname")).isEqualTo("[desktop] a.spec.ts");
            assertThat(((Element) cases.item(0)).getAttribute("file")).isEqualTo("a.spec.ts");
        }

        @Test
        void whenATitleIsHostile_thenTheXmlIsWhole() throws Exception {
            SampleRun run = new SampleRun();
            run.executor("a")
                    .selects(test("1", "]]> <x> & \u0000\u001b[31m \ud800 @all"))
                    .fails("1", "Error: \u0007 ]]> \uffff")
                    .endsRun("failed");

            assertThat(junit(run).getElementsByTagName("failure").getLength()).isEqualTo(1);
        }

        @Test
        void whenAScreenshotIsInTheArtifacts_thenItIsAttachedAndNothingElseIs() throws Exception {
            Files.createDirectories(folder.resolve("test-results/cart"));
            Files.writeString(folder.resolve("test-results/cart/shot.png"), "png");
            SampleRun run = new SampleRun();
            run.executor("a")
                    .selects(test("1", "cart"))
                    .ends(
                            "1",
                            0,
                            FAILED,
                            new AttemptEvidence(
                                    List.of(),
                                    List.of(
                                            attachment("/builds/other/place/test-results/cart/shot.png"),
                                            attachment("/builds/../../etc/passwd"),
                                            attachment("gone.png")),
                                    List.of()))
                    .endsRun("failed");

            assertThat(junit(run).getElementsByTagName("system-out").item(0).getTextContent())
                    .isEqualTo("[[ATTACHMENT|test-results/cart/shot.png]]\n");
        }

        private static Attachment attachment(String path) {
            return new Attachment("screenshot", "image/png", Optional.of(path), Optional.empty(), Stored.nowhere());
        }

        @Test
        void whenARepairIsProposed_thenItIsAFindingAtItsLine() throws Exception {
            host().reported(healed(11));

            JsonNode finding =
                    new ObjectMapper().readTree(file("code-quality.json")).path(0);
            assertThat(finding.path("severity").asText()).isEqualTo("minor");
            assertThat(finding.at("/location/path").asText()).isEqualTo("pages/cart.ts");
            assertThat(finding.at("/location/lines/begin").asInt()).isEqualTo(11);
            assertThat(finding.path("fingerprint").asText()).hasSize(64);
        }
    }

    @Nested
    class GivenAPlan {

        private Map<String, String> withChild() {
            Map<String, String> env = runner();
            env.put("EVENKEEL_CHILD_PIPELINE", ".evenkeel/child.yml");
            env.put("EVENKEEL_CHILD_IMAGE", "image: \"quoted\"");
            env.put("EVENKEEL_CHILD_SCRIPT", "run it");
            env.put("EVENKEEL_CHILD_REPORT", "report it");
            env.put("CI_JOB_NAME", "evenkeel-plan");
            return env;
        }

        private JsonNode child() throws Exception {
            String text = Files.readString(folder.resolve(".evenkeel/child.yml"));
            return new ObjectMapper().readTree(text.substring(text.indexOf('\n')));
        }

        @Test
        void whenAChildPipelineIsWanted_thenItHasAJobForEachBusyShardAndAReport() throws Exception {
            host(withChild()).planned(new ShardJobs("gitlab-7", 4, List.of(1, 2, 3)));

            JsonNode child = child();
            assertThat(child.at("/evenkeel 2~14/variables/EVENKEEL_SHARD").asText())
                    .isEqualTo("2/4");
            assertThat(child.at("/evenkeel 2~14/variables/EVENKEEL_RUN").asText())
                    .isEqualTo("gitlab-7");
            assertThat(child.at("/evenkeel 2~14/image").asText()).isEqualTo("image: \"quoted\"");
            assertThat(child.has("evenkeel 4/4")).isFalse();
            assertThat(child.at("/evenkeel report/needs").size()).isEqualTo(4);
        }

        @Test
        void whenTheRunnerNamesTheFolderOfAContainer_thenItIsWrittenWhereTheJobWorks() throws Exception {
            Map<String, String> env = withChild();
            env.put("CI_PROJECT_DIR", "/builds/shop/web");

            host(env).planned(new ShardJobs("gitlab-7", 2, List.of(1, 2)));

            assertThat(child().has("evenkeel 2/2")).isTrue();
        }

        @Test
        void whenThereIsNothingToRun_thenTheReportStillSaysSo() throws Exception {
            host(withChild()).planned(new ShardJobs("gitlab-7", 2, List.of()));

            assertThat(child().at("/evenkeel report/script/0").asText()).isEqualTo("report it");
        }

        @Test
        void whenThereAreMoreJobsThanGitLabStarts_thenItIsRefusedBeforeTheRun() {
            assertThatThrownBy(() -> host().planned(new ShardJobs("gitlab-7", 201, List.of())))
                    .hasMessageContaining("at most 200");
        }

        @Test
        void whenNoChildPipelineIsWanted_thenNothingIsWritten() {
            assertThat(host().planned(new ShardJobs("gitlab-7", 2, List.of(1, 2))))
                    .isEmpty();
        }
    }

    @Nested
    class GivenAProvenRepair {

        private final Text text = new Text("Heal a locator", "Proven.");

        @Test
        void whenAMergeRequestIsOpened_thenItIsADraftIntoTheTestedBranch() throws Exception {
            PullRequests requests = host().pullRequests().orElseThrow();

            requests.open(new Proposal("evenkeel/heal-1", requests.base(), text, Readiness.DRAFT));

            assertThat(gitlab.requested(300).path("title").asText()).isEqualTo("Draft: Heal a locator");
            assertThat(gitlab.requested(300).path("target_branch").asText()).isEqualTo("cart");
            assertThat(requests.from("evenkeel/heal-")).singleElement().satisfies(pull -> {
                assertThat(pull.text()).isEqualTo(text);
                assertThat(pull.state()).isEqualTo(PullRequests.State.OPEN);
            });
        }

        @Test
        void whenTheyAreListed_thenForksAreNoneOfOursAndClosedMeansNo() throws Exception {
            gitlab.request(1, "evenkeel/heal-1", HEAD).put("state", "closed");
            gitlab.request(2, "evenkeel/heal-2", HEAD).put("source_project_id", 66);

            assertThat(host().pullRequests().orElseThrow().from("evenkeel/heal-"))
                    .singleElement()
                    .extracting(PullRequests.Pull::state)
                    .isEqualTo(PullRequests.State.CLOSED);
        }

        /** The coordinator is told of what people did with the merge requests it knows to be open. */
        @Test
        void whenPeopleMergedOrClosedThem_thenTheirProposalsAreAcceptedOrRejected() throws Exception {
            String url = "https://gitlab.example/shop/web/-/merge_requests/";
            gitlab.request(1, "evenkeel/heal-1", HEAD).put("state", "closed").put("web_url", url + 1);
            gitlab.request(2, "evenkeel/heal-2", HEAD).put("state", "merged").put("web_url", url + 2);
            gitlab.request(3, "evenkeel/heal-3", HEAD).put("state", "opened").put("web_url", url + 3);
            String proposals = IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> "{\"file\":\"a.ts\",\"originalSelector\":\"o" + i
                            + "\",\"healedSelector\":\"h\",\"state\":\"open\",\"pullRequest\":\"" + url + i + "\"}")
                    .collect(Collectors.joining(",", "{\"v\":1,\"proposals\":[", "]}"));

            List<FollowUp> news =
                    FollowUp.of(proposals, host().pullRequests().orElseThrow().from("evenkeel/heal-"));

            assertThat(news)
                    .extracting(n -> n.change().original() + " " + n.decided().state())
                    .containsExactly("o1 rejected", "o2 accepted");
        }

        @Test
        void whenOneIsRevised_thenItsTextChanges() throws Exception {
            gitlab.request(7, "evenkeel/heal-1", HEAD)
                    .put("title", "Draft: Heal a locator")
                    .put("description", "old");
            PullRequests requests = host().pullRequests().orElseThrow();

            requests.revise(requests.from("evenkeel/").get(0), text);

            assertThat(gitlab.requested(7).path("description").asText()).isEqualTo("Proven.");
            assertThat(gitlab.requested(7).path("title").asText()).isEqualTo("Draft: Heal a locator");
        }

        @Test
        void whenTheMergeRequestComesFromAFork_thenNothingCanBeMergedIntoIt() {
            Map<String, String> env = runner();
            env.put("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "66");

            assertThat(host(env).pullRequests()).isEmpty();
        }
    }
}
