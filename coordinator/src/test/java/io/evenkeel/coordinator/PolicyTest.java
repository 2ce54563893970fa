package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A test that flakes in about every sixth run, in projects that think differently of it. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class PolicyTest {

    private static final Test FLAKY = Test.of("recent.spec.ts", "shows what was seen");
    private static final Test STEADY = Test.of("steady.spec.ts", "adds up");
    private static final String URL = "/api/v1/projects/shop/policy";
    private static final String FLAKY_TESTS = "/api/v1/projects/shop/flaky-tests";

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Coordinator coordinator;
    private Ci shop;
    private Ci other;
    private Ci admin;
    private int runs;

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder), () -> now);
        shop = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
        other = Ci.of(coordinator, coordinator.projects().add("other", "Other").token());
        admin = Ci.of(coordinator, coordinator.adminToken());
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private void history(Ci ci) {
        for (int i = 0; i < 24; i++) {
            run(ci, i % 6 == 5);
        }
    }

    /** Plays one run of the stable branch; returns the label of the flaky test. */
    private JsonNode run(Ci ci, boolean flakes) {
        String key = "build-" + ++runs;
        now = now.plusSeconds(60);
        ci.opened(key, "\"branch\":\"main\",\"commit\":\"c" + runs + "\",\"discovered\":2");
        SpoolScript script = new SpoolScript(now.toEpochMilli()).begin(1);
        script.announce(STEADY, 1).end(STEADY, 0, "passed", 80).announce(FLAKY, 3);
        if (flakes) {
            script.fail(FLAKY, 0, "Error: boom", "").end(FLAKY, 1, "passed", 80);
        } else {
            script.end(FLAKY, 0, "passed", 80);
        }
        ci.events(key, "s1", script.stop("passed").lines());
        return ci.finish(key, 2, 2, 0).json().path("labels").path(FLAKY.id());
    }

    private static JsonNode tests(Ci ci, String path) {
        return ci.get(path).json().path("tests");
    }

    @Nested
    class GivenAProjectThatDecidedNothing {

        @org.junit.jupiter.api.Test
        void whenItsPolicyIsRead_thenItIsTheStandard() {
            JsonNode policy = shop.get(URL).json();

            assertThat(policy.path("project").asText()).isEqualTo("shop");
            assertThat(policy.path("flakyFrom").asDouble()).isZero();
            assertThat(policy.path("windowDays").asInt()).isZero();
            assertThat(policy.path("quarantineFrom").asDouble()).isEqualTo(0.01);
            assertThat(policy.path("quarantineShare").asDouble()).isEqualTo(0.05);
            assertThat(policy.path("quarantineDays").asInt()).isEqualTo(14);
            assertThat(policy.path("releaseTolerance").asDouble()).isEqualTo(0.02);
        }

        @org.junit.jupiter.api.Test
        void whenItFlakesAgain_thenItIsKnownListedAndAdvisedOn() {
            history(shop);

            assertThat(run(shop, true).path("label").asText()).isEqualTo("known flaky");
            assertThat(tests(shop, FLAKY_TESTS)).hasSize(1);
            assertThat(tests(shop, "/api/v1/quarantine/advice")).hasSize(1);
            assertThat(shop.get("/api/v1/analytics/recommendations").body()).contains("fix now");
        }
    }

    @Nested
    class GivenAThresholdAboveItsRate {

        @BeforeEach
        void decide() {
            history(shop);
            assertThat(admin.send("PUT", URL, "{\"flakyFrom\":0.5}").status()).isEqualTo(200);
        }

        @org.junit.jupiter.api.Test
        void whenItFlakesAgain_thenItIsNewAndTheSentenceNamesTheThreshold() {
            JsonNode label = run(shop, true);

            assertThat(label.path("label").asText()).isEqualTo("new");
            assertThat(label.path("evidence").asText())
                    .startsWith("It flaked before: 4 flakes in 24 runs")
                    .endsWith("below the 50.0 % from which this project calls a test flaky.");
        }

        @org.junit.jupiter.api.Test
        void whenListsAndAdviceAreAsked_thenItIsInNone() {
            assertThat(tests(shop, FLAKY_TESTS)).isEmpty();
            assertThat(shop.get(FLAKY_TESTS).json().path("minRate").asDouble()).isEqualTo(0.5);
            assertThat(tests(shop, "/api/v1/quarantine/advice")).isEmpty();
            assertThat(shop.get("/api/v1/analytics/recommendations").json().path("recommendations"))
                    .isEmpty();
        }

        @org.junit.jupiter.api.Test
        void whenTheRequestNamesARate_thenThatHolds() {
            assertThat(tests(shop, FLAKY_TESTS + "?minRate=0.1")).hasSize(1);
        }

        @org.junit.jupiter.api.Test
        void whenAnotherProjectHasTheSameTest_thenNothingChangesThere() {
            history(other);

            assertThat(run(other, true).path("label").asText()).isEqualTo("known flaky");
            assertThat(tests(other, "/api/v1/projects/other/flaky-tests")).hasSize(1);
        }

        @org.junit.jupiter.api.Test
        void whenOneValueIsSet_thenTheOthersStay() {
            admin.send("PUT", URL, "{\"windowDays\":7}");

            assertThat(shop.get(URL).json().path("flakyFrom").asDouble()).isEqualTo(0.5);
            assertThat(shop.get(URL).json().path("windowDays").asInt()).isEqualTo(7);
        }
    }

    @Nested
    class GivenAWindow {

        @org.junit.jupiter.api.Test
        void whenTheLastFlakeIsOlder_thenItIsNotListed() {
            history(shop);
            admin.send("PUT", URL, "{\"windowDays\":7}");
            assertThat(tests(shop, FLAKY_TESTS)).hasSize(1);

            now = now.plus(Duration.ofDays(8));

            assertThat(tests(shop, FLAKY_TESTS)).isEmpty();
            assertThat(tests(shop, FLAKY_TESTS + "?days=30")).hasSize(1);
        }
    }

    @Nested
    class GivenRulesForItsQuarantine {

        @org.junit.jupiter.api.Test
        void whenATestGoesIn_thenTheyHold() {
            history(shop);
            admin.send("PUT", URL, "{\"quarantineDays\":3,\"releaseTolerance\":0.1}");

            JsonNode added = shop.send(
                            "PUT",
                            "/api/v1/quarantine/" + FLAKY.id(),
                            "{\"suite\":\"playwright.config.ts\",\"owner\":\"team-shop\"}")
                    .json();

            assertThat(Instant.parse(added.path("until").asText())).isEqualTo(now.plus(Duration.ofDays(3)));
            assertThat(added.path("neededRuns").asInt()).isEqualTo(29);
        }
    }

    @Nested
    class GivenWrongWishes {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"flakyFrom\":5}",
                    "{\"flakyFrom\":-0.1}",
                    "{\"flakyFrom\":\"high\"}",
                    "{\"windowDays\":367}",
                    "{\"windowDays\":1.5}",
                    "{\"quarantineDays\":31}",
                    "{\"quarantineDays\":0}",
                    "{\"quarantineShare\":0}",
                    "{\"releaseTolerance\":2}",
                    "[]"
                })
        void whenTheyAreSent_thenTheyAreRefusedAndNothingChanges(String body) {
            String before = shop.get(URL).body();

            assertThat(admin.send("PUT", URL, body).status()).isEqualTo(400);
            assertThat(shop.get(URL).body()).isEqualTo(before);
        }

        @org.junit.jupiter.api.Test
        void whenCiSendsThem_thenItMayNot() {
            assertThat(shop.send("PUT", URL, "{\"flakyFrom\":0.5}").status()).isEqualTo(401);
            assertThat(shop.get("/api/v1/projects/other/policy").status()).isEqualTo(404);
            assertThat(admin.send("PUT", "/api/v1/projects/none/policy", "{}").status())
                    .isEqualTo(404);
        }
    }

    @Nested
    class GivenTheCommandLine {

        private final StringWriter out = new StringWriter();

        private int command(String... arguments) {
            return new CommandLine(new ProjectCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(new StringWriter(), true))
                    .execute(arguments);
        }

        @org.junit.jupiter.api.Test
        void whenAThresholdIsSetBesideARunningCoordinator_thenItHoldsAtOnce() {
            history(shop);
            assertThat(tests(shop, FLAKY_TESTS)).hasSize(1);

            int exit = command("policy", "shop", "--flaky-from", "0.5", "--data", folder.toString());

            assertThat(exit).isZero();
            assertThat(List.of(out.toString().split("\\R", -1))).contains("flaky-from\t0.5", "quarantine-days\t14");
            assertThat(tests(shop, FLAKY_TESTS)).isEmpty();
        }

        @org.junit.jupiter.api.Test
        void whenTheProjectIsUnknownOrTheValueWrong_thenItFails() {
            assertThat(command("policy", "none", "--data", folder.toString())).isNotZero();
            assertThat(command("policy", "shop", "--flaky-from", "5", "--data", folder.toString()))
                    .isNotZero();
        }
    }
}
