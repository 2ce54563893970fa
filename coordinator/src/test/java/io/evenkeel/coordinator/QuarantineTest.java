package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class QuarantineTest {

    private static final List<Test> STEADY = IntStream.range(0, 19)
            .mapToObj(i -> Test.of("part" + i % 4 + ".spec.ts", "step " + i))
            .toList();
    private static final Test FLAKY = Test.of("recent.spec.ts", "shows what was seen");
    private static final String URL = "/api/v1/quarantine";

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Coordinator coordinator;
    private Ci ci;
    private int runs;

    /** How the flaky test behaves in a run. */
    private enum Flaky {
        PASSES,
        PASSES_ON_RETRY,
        FAILS
    }

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder), () -> now);
        ci = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private JsonNode run(Flaky flaky) {
        String key = "build-" + ++runs;
        now = now.plusSeconds(60);
        ci.opened(key, "\"branch\":\"main\",\"commit\":\"c" + runs + "\",\"discovered\":20");
        SpoolScript script = new SpoolScript(now.toEpochMilli()).begin(1);
        List<Test> all = new ArrayList<>(STEADY);
        all.add(FLAKY);
        for (Test test : all) {
            script.announce(test, 3);
            if (test != FLAKY || flaky == Flaky.PASSES) {
                script.end(test, 0, "passed", 80);
            } else {
                script.fail(test, 0, "Error: boom", "");
                if (flaky == Flaky.FAILS) {
                    script.fail(test, 1, "Error: boom", "");
                } else {
                    script.end(test, 1, "passed", 80);
                }
            }
        }
        ci.events(key, "s1", script.stop("failed").lines());
        return ci.finish(key, 20, 20, 1).json().path("labels").path(FLAKY.id());
    }

    private void flakesNowAndThen() {
        for (int i = 0; i < 6; i++) {
            run(Flaky.PASSES_ON_RETRY);
            run(Flaky.PASSES);
        }
    }

    private Ci.Answer add(String fields) {
        return ci.send("PUT", URL + "/" + FLAKY.id(), "{\"owner\":\"team-shop\"" + fields + "}");
    }

    private JsonNode only(String path) {
        JsonNode tests = ci.get(path).json().path("tests");
        assertThat(tests).hasSize(1);
        return tests.get(0);
    }

    @Nested
    class GivenAFlakyTest {

        @BeforeEach
        void play() {
            flakesNowAndThen();
        }

        @org.junit.jupiter.api.Test
        void whenAdviceIsAsked_thenItShouldGoIn() {
            JsonNode advised = only(URL + "/advice?suite=playwright.config.ts");

            assertThat(advised.path("id").asText()).isEqualTo(FLAKY.id());
            assertThat(advised.path("advice").asText()).isEqualTo("enter");
            assertThat(advised.path("why").asText()).startsWith("It flakes in").contains("6 flakes in 12 runs");
            assertThat(ci.get(URL).json().path("tests")).isEmpty();
            assertThat(ci.get(URL).json().path("most").asInt()).isEqualTo(1);
        }

        @org.junit.jupiter.api.Test
        void whenRecommendationsAreAsked_thenItIsToBeFixedAndWithEvidence() {
            JsonNode all = ci.get("/api/v1/analytics/recommendations").json().path("recommendations");

            assertThat(all).hasSize(1);
            assertThat(all.get(0).path("kind").asText()).isEqualTo("fix now");
            assertThat(all.get(0).path("evidence").asText()).startsWith("6 flakes in 12 runs");
            assertThat(all.get(0).path("minutesPerWeek").asDouble()).isGreaterThan(1);
            assertThat(all.get(0).path("tests").get(0).path("id").asText()).isEqualTo(FLAKY.id());

            run(Flaky.FAILS);
            run(Flaky.FAILS);

            JsonNode broken = ci.get("/api/v1/analytics/recommendations")
                    .json()
                    .path("recommendations")
                    .get(0);
            assertThat(broken.path("kind").asText()).isEqualTo("revert candidate");
            assertThat(broken.path("evidence").asText()).contains("Red since commit c13 (run 13)");
        }

        @org.junit.jupiter.api.Test
        void whenTheFlakyTestsAreAsked_thenItStandsThereWithRateTrendImpactAndEvidence() {
            JsonNode flaky = only("/api/v1/analytics/flaky-tests");

            assertThat(flaky.path("id").asText()).isEqualTo(FLAKY.id());
            assertThat(flaky.path("probability").asDouble()).isGreaterThan(0.9);
            double mean = flaky.path("rate").path("mean").asDouble();
            assertThat(mean).isBetween(0.3, 0.6);
            assertThat(flaky.path("rate").path("low").asDouble()).isBetween(0.1, mean);
            assertThat(flaky.path("rate").path("high").asDouble()).isBetween(mean, 0.8);
            assertThat(flaky.path("flakes").asInt()).isEqualTo(6);
            assertThat(flaky.path("trend").path("risingProbability").asDouble()).isBetween(0.0, 1.0);
            assertThat(flaky.path("impact").path("runsPerWeek").asDouble()).isEqualTo(12);
            assertThat(flaky.path("impact").path("minutesPerWeek").asDouble()).isGreaterThan(1);
            assertThat(flaky.path("lastFlake").path("commit").asText()).isEqualTo("c11");
            assertThat(flaky.path("evidence").get(0).path("level").asText()).isEqualTo("E1");
            assertThat(only("/api/v1/projects/shop/flaky-tests?minRate=0.2")).isEqualTo(flaky);
        }

        @org.junit.jupiter.api.Test
        void whenAHigherRateIsAsked_thenNothingIsLeftAndAPercentageIsRefused() {
            assertThat(ci.get("/api/v1/analytics/flaky-tests?minRate=0.9")
                            .json()
                            .path("tests"))
                    .isEmpty();
            assertThat(ci.get("/api/v1/analytics/flaky-tests?minRate=20").status())
                    .isEqualTo(400);
            assertThat(ci.get("/api/v1/projects/other/flaky-tests").status()).isEqualTo(404);
            assertThat(ci.get("/api/v1/analytics/flakiness-trends?days=0").status())
                    .isEqualTo(400);
        }

        @org.junit.jupiter.api.Test
        void whenTheTrendIsAsked_thenEachDayStandsOnce() {
            now = now.plusSeconds(24 * 3600);
            run(Flaky.PASSES);

            JsonNode days =
                    ci.get("/api/v1/analytics/flakiness-trends?days=7").json().path("days");

            assertThat(days).hasSize(2);
            assertThat(days.get(0).path("day").asText()).isEqualTo("2026-01-05");
            assertThat(days.get(0).path("flaky").asInt()).isEqualTo(6);
            assertThat(days.get(0).path("flakyTests").asInt()).isEqualTo(1);
            assertThat(days.get(0).path("passed").asInt()).isEqualTo(12 * 20 - 6);
            assertThat(days.get(1).path("flaky").asInt()).isZero();
        }

        @org.junit.jupiter.api.Test
        void whenItIsIn_thenItsFailureIsQuarantinedUntilItsEnd() {
            Ci.Answer added = add(",\"days\":2");

            assertThat(added.status()).isEqualTo(200);
            assertThat(added.json().path("advice").asText()).isEqualTo("stay");
            assertThat(run(Flaky.PASSES_ON_RETRY).path("label").asText()).isEqualTo("quarantined");
            JsonNode listed = only(URL);
            assertThat(listed.path("owner").asText()).isEqualTo("team-shop");
            assertThat(listed.path("state").asText()).isEqualTo("active");
            assertThat(listed.path("cleanRuns").asInt()).isZero();
            assertThat(listed.path("neededRuns").asInt()).isEqualTo(149);

            now = now.plus(Duration.ofDays(3));

            assertThat(run(Flaky.PASSES_ON_RETRY).path("label").asText()).isEqualTo("known flaky");
            assertThat(only(URL).path("state").asText()).isEqualTo("expired");
            assertThat(only(URL).path("why").asText()).contains("team-shop must decide");
        }

        @org.junit.jupiter.api.Test
        void whenItTurnsBroken_thenItLeavesByItselfAfterTwoCommits() {
            add("");

            List<String> labels = IntStream.range(0, 3)
                    .mapToObj(i -> run(Flaky.FAILS).path("label").asText())
                    .toList();

            assertThat(labels).containsExactly("quarantined", "quarantined", "red on main");
            JsonNode left = only(URL);
            assertThat(left.path("state").asText()).isEqualTo("left");
            assertThat(left.path("leftWhy").asText())
                    .startsWith("It is broken, not flaky")
                    .contains("since commit c13");
            Ci.Answer again = add("");
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.json().path("detail").asText())
                    .contains("It is broken")
                    .contains("Repair it");
        }

        @org.junit.jupiter.api.Test
        void whenItIsReleased_thenItCountsAgain() {
            add("");

            Ci.Answer first = ci.send("DELETE", URL + "/" + FLAKY.id() + "?suite=playwright.config.ts", "");
            Ci.Answer second = ci.send("DELETE", URL + "/" + FLAKY.id(), "");

            assertThat(first.json().path("released").asBoolean()).isTrue();
            assertThat(second.json().path("released").asBoolean()).isFalse();
            assertThat(run(Flaky.PASSES_ON_RETRY).path("label").asText()).isEqualTo("known flaky");
        }

        @org.junit.jupiter.api.Test
        void whenTheQuarantineIsFull_thenNothingMoreGoesIn() {
            add("");

            Ci.Answer other = ci.send("PUT", URL + "/" + STEADY.get(0).id(), "{\"owner\":\"me\"}");

            assertThat(other.status()).isEqualTo(409);
            assertThat(other.json().path("detail").asText()).startsWith("The quarantine is full (1 of 1 tests)");
        }

        @org.junit.jupiter.api.Test
        void whenTheWishBreaksTheRules_thenItIsRefusedWithAReason() {
            assertThat(add(",\"days\":31").json().path("detail").asText()).contains("at most 30 days");
            assertThat(ci.send("PUT", URL + "/" + FLAKY.id(), "{\"owner\":\" \"}")
                            .status())
                    .isEqualTo(400);
            assertThat(ci.send("PUT", URL + "/nothing", "{\"owner\":\"me\"}").status())
                    .isEqualTo(409);
            assertThat(ci.get(URL + "?suite=other.config.ts").status()).isEqualTo(404);
        }
    }

    @Nested
    class GivenAnotherProject {

        @org.junit.jupiter.api.Test
        void whenItAsks_thenItSeesNothing() {
            flakesNowAndThen();
            Ci other = Ci.of(
                    coordinator, coordinator.projects().add("other", "Other").token());

            assertThat(other.get(URL).status()).isEqualTo(404);
            assertThat(other.send("PUT", URL + "/" + FLAKY.id(), "{\"owner\":\"me\"}")
                            .status())
                    .isEqualTo(404);
        }
    }
}
