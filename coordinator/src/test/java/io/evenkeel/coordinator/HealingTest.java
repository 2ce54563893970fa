package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class HealingTest {

    private static final Test PAY = Test.of("checkout.spec.ts", "pays");
    private static final String URL = "/api/v1/healing/";

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Coordinator coordinator;
    private Ci ci;
    private Ci other;

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder), () -> now);
        ci = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
        other = Ci.of(coordinator, coordinator.projects().add("blog", "Blog").token());
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private void run(String key, ObjectNode... heals) {
        now = now.plusSeconds(60);
        ci.opened(key, "\"discovered\":1");
        SpoolScript script = new SpoolScript(now.toEpochMilli()).begin(1).announce(PAY, 3);
        for (ObjectNode heal : heals) {
            script.heal(heal);
        }
        ci.events(key, "s", script.lines());
    }

    private static ObjectNode heal(String before, String after, String strategy) {
        ObjectNode heal = Ci.JSON.createObjectNode();
        heal.put("id", PAY.id()).put("file", "pages/pay.ts").put("line", 7).put("cause", "broken-locator");
        heal.put("originalSelector", before);
        heal.put("healedSelector", after);
        heal.put("confidence", 0.96)
                .put("strategy", strategy)
                .put("tier", "auto")
                .put("success", true);
        heal.putObject("verification")
                .put("unpatched", "failed")
                .put("users", 2)
                .putArray("patched")
                .add("passed");
        heal.put("reason", "Fails without the patch.").put("executionTimeMs", 12);
        return heal;
    }

    private static ObjectNode refused() {
        ObjectNode heal = heal("getByText('Gone')", "", "");
        heal.remove("healedSelector");
        return heal.put("tier", "refused").put("success", false).put("reason", "It may have been removed.");
    }

    private Ci.Answer decide(String state, String more) {
        return ci.send(
                "PUT",
                URL + "proposals",
                "{\"file\":\"pages/pay.ts\",\"originalSelector\":\"a\",\"healedSelector\":\"b\",\"state\":\"" + state
                        + "\"" + more + "}");
    }

    private JsonNode proposal() {
        JsonNode proposals = ci.get(URL + "proposals").json().path("proposals");
        assertThat(proposals).hasSize(1);
        return proposals.get(0);
    }

    @Nested
    class GivenAHealThatKeptATestGoing {

        private ObjectNode live() {
            ObjectNode heal = heal("a", "b", "attributes");
            heal.remove("verification");
            return heal.put("source", "live").put("tier", "suggestion").put("success", false);
        }

        @org.junit.jupiter.api.Test
        void whenNobodyHasProvenIt_thenItIsASuggestion() {
            run("one", live());

            assertThat(proposal().path("verified").asBoolean()).isFalse();
            assertThat(proposal().path("tier").asText()).isEqualTo("suggestion");
        }

        @org.junit.jupiter.api.Test
        void whenItWasProvenBefore_thenTheProofStays() {
            run("one", heal("a", "b", "text content"));
            run("two", live());

            assertThat(proposal().path("verified").asBoolean()).isTrue();
            assertThat(proposal().path("tier").asText()).isEqualTo("auto");
            assertThat(proposal().path("strategy").asText()).isEqualTo("text content");
            assertThat(proposal().path("seen").asInt()).isEqualTo(2);
        }

        @org.junit.jupiter.api.Test
        void whenTheRunPassed_thenItIsHealed() {
            long run = ci.opened("one", "\"discovered\":1");
            ci.events(
                    "one",
                    "s",
                    new SpoolScript(now.toEpochMilli())
                            .begin(1)
                            .announce(PAY, 3)
                            .end(PAY, 0, "passed", 900)
                            .heal(live())
                            .lines());
            ci.finish("one", 1, 1, 0);

            assertThat(ci.get("/api/v1/runs/" + run).json().path("verdict").asText())
                    .isEqualTo("healed");
        }
    }

    @Nested
    class GivenARepairThatIsFoundInTwoRuns {

        @BeforeEach
        void play() {
            run("one", heal("a", "b", "text content"), refused());
            run("two", heal("a", "b", "text content"));
        }

        @org.junit.jupiter.api.Test
        void whenProposalsAreAsked_thenItIsOneAndARefusalIsNone() {
            JsonNode proposal = proposal();

            assertThat(proposal.path("state").asText()).isEqualTo("proposed");
            assertThat(proposal.path("seen").asInt()).isEqualTo(2);
            assertThat(proposal.path("verified").asBoolean()).isTrue();
            assertThat(proposal.path("line").asInt()).isEqualTo(7);
            assertThat(proposal.path("firstAt").asText())
                    .isNotEqualTo(proposal.path("lastAt").asText());
            assertThat(ci.get(URL + "proposals?state=rejected").json().path("proposals"))
                    .isEmpty();
            assertThat(ci.get(URL + "proposals?state=lost").status()).isEqualTo(400);
        }

        @org.junit.jupiter.api.Test
        void whenEventsAreAsked_thenTheyComeNewestFirstAndByTier() {
            assertThat(ci.get(URL + "events").json().path("events")).hasSize(3);
            JsonNode refused = ci.get(URL + "events?tier=refused").json().path("events");
            assertThat(refused).hasSize(1);
            assertThat(refused.get(0).path("reason").asText()).isEqualTo("It may have been removed.");
            assertThat(ci.get(URL + "events?tier=best").status()).isEqualTo(400);
        }

        @org.junit.jupiter.api.Test
        void whenAnotherProjectAsks_thenItSeesNothing() {
            assertThat(other.get(URL + "proposals").json().path("proposals")).isEmpty();
            assertThat(other.get(URL + "events").json().path("events")).isEmpty();
            assertThat(other.get(URL + "proposals?project=shop").status()).isEqualTo(404);
        }
    }

    @Nested
    class GivenARunThatIsHealedADayLater {

        @org.junit.jupiter.api.Test
        void whenTheRunIsAsked_thenTheTimeOfHealingIsNotTheRuns() {
            long run = ci.opened("one", "\"discovered\":1");
            SpoolScript script = new SpoolScript(now.toEpochMilli()).begin(1).announce(PAY, 3);
            ci.events("one", "s", script.lines());
            String last =
                    ci.get("/api/v1/runs/" + run).json().path("lastEventAt").asText();

            ci.events(
                    "one",
                    "heal",
                    new SpoolScript(now.toEpochMilli())
                            .pause(86_400_000)
                            .heal(heal("a", "b", "text content"))
                            .lines());

            assertThat(ci.get(URL + "events").json().path("events")).hasSize(1);
            assertThat(last).isNotEmpty();
            assertThat(ci.get("/api/v1/runs/" + run).json().path("lastEventAt").asText())
                    .isEqualTo(last);
        }
    }

    @Nested
    class GivenADecision {

        @BeforeEach
        void play() {
            run("one", heal("a", "b", "text content"), heal("c", "d", "test-id recovery"));
        }

        @org.junit.jupiter.api.Test
        void whenAPullRequestIsOpenedAndRejected_thenBothAreKeptWithWhoAndWhen() {
            decide("open", ",\"pullRequest\":\"https://forge/pull/3\"");
            decide("open", ",\"pullRequest\":\"https://forge/pull/3\"");
            now = now.plusSeconds(3600);

            assertThat(decide("rejected", ",\"by\":\"ann\",\"reason\":\"wrong button\"")
                            .status())
                    .isEqualTo(200);

            JsonNode rejected = ci.get(URL + "proposals?state=rejected").json().path("proposals");
            assertThat(rejected).hasSize(1);
            JsonNode decisions = rejected.get(0).path("decisions");
            assertThat(decisions).hasSize(2);
            assertThat(decisions.get(1).path("by").asText()).isEqualTo("ann");
            assertThat(decisions.get(1).path("at").asText()).isEqualTo(now.toString());
            assertThat(rejected.get(0).path("pullRequest").asText()).isEqualTo("https://forge/pull/3");
        }

        @org.junit.jupiter.api.Test
        void whenItIsFoundAgain_thenTheDecisionStays() {
            decide("rejected", "");
            run("two", heal("a", "b", "text content"));

            assertThat(ci.get(URL + "proposals?state=rejected").json().path("proposals"))
                    .hasSize(1);
        }

        @org.junit.jupiter.api.Test
        void whenSuccessIsAsked_thenItIsCountedForEachSignal() {
            decide("rejected", "");
            ci.send(
                    "PUT",
                    URL + "proposals",
                    "{\"file\":\"pages/pay.ts\",\"originalSelector\":\"c\",\"healedSelector\":\"d\",\"state\":\"accepted\"}");

            JsonNode success = ci.get(URL + "success").json();

            assertThat(success.path("all").path("proposed").asInt()).isEqualTo(2);
            assertThat(success.path("all").path("successRate").asDouble()).isEqualTo(0.5);
            assertThat(success.path("signals").findValuesAsText("name"))
                    .containsExactly("test-id recovery", "text content");
            assertThat(success.path("signals").get(0).path("successRate").asDouble())
                    .isEqualTo(1);
        }

        @org.junit.jupiter.api.Test
        void whenNobodyProposedIt_thenItIsNotFound() {
            Ci.Answer answer = ci.send(
                    "PUT",
                    URL + "proposals",
                    "{\"file\":\"x\",\"originalSelector\":\"a\",\"healedSelector\":\"z\",\"state\":\"accepted\"}");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(decide("perhaps", "").status()).isEqualTo(400);
            assertThat(other.send("PUT", URL + "proposals", "{}").status()).isEqualTo(400);
        }
    }
}
