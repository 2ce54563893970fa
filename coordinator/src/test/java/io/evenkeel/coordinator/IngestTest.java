package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class IngestTest {

    private static final Test CART = Test.of("cart.spec.ts", "adds");
    private static final Test PAY = Test.of("pay.spec.ts", "pays");

    @TempDir
    private Path folder;

    private Coordinator coordinator;
    private Ci ci;
    private long run;

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder));
        ci = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
        run = ci.opened("build-1", "\"branch\":\"main\",\"commit\":\"c1\",\"discovered\":2");
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Nested
    class GivenABatch {

        private final List<String> lines = script().stop("passed").lines();

        @org.junit.jupiter.api.Test
        void whenItIsSentThreeTimes_thenItCountsOnce() {
            Ci.Answer first = ci.events("build-1", "s1", lines);
            Ci.Answer second = ci.events("build-1", "s1", lines);
            Ci.Answer third = ci.events("build-1", "s1", lines);

            assertThat(first.json().path("accepted").asInt()).isEqualTo(lines.size());
            assertThat(second.json().path("duplicates").asInt()).isEqualTo(lines.size());
            assertThat(third.json().path("acknowledged").asInt()).isEqualTo(lines.size());
            JsonNode shown = ci.get("/api/v1/runs/" + run).json();
            assertThat(shown.path("counts").path("passed").asInt()).isEqualTo(2);
            assertThat(shown.path("testMs").asLong()).isEqualTo(1_500);
            assertThat(history(CART).path("days").get(0).path("passed").asInt()).isEqualTo(1);
            assertThat(timings().path(CART.id()).path("recentMs")).hasSize(1);
        }

        @org.junit.jupiter.api.Test
        void whenItIsSentFromManyConnectionsAtOnce_thenItCountsOnce() {
            List<CompletableFuture<Ci.Answer>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> ci.events("build-1", "s1", lines)))
                    .toList();

            int accepted = answers.stream()
                    .mapToInt(answer -> answer.join().json().path("accepted").asInt())
                    .sum();

            assertThat(accepted).isEqualTo(lines.size());
            assertThat(history(PAY).path("days").get(0).path("passed").asInt()).isEqualTo(1);
        }

        @org.junit.jupiter.api.Test
        void whenItsBeginningIsMissing_thenTheAnswerSaysWhatIsWanted() {
            ci.events("build-1", "s1", lines.subList(0, 2));

            Ci.Answer gap = ci.events("build-1", "s1", lines.subList(4, lines.size()));

            assertThat(gap.status()).isEqualTo(409);
            assertThat(gap.header("Content-Type")).startsWith("application/problem+json");
            assertThat(gap.json().path("seq").asInt()).isEqualTo(3);
            assertThat(ci.events("build-1", "s1", lines.subList(1, lines.size()))
                            .json()
                            .path("accepted")
                            .asInt())
                    .isEqualTo(lines.size() - 2);
        }

        @org.junit.jupiter.api.Test
        void whenAnEventMakesNoSense_thenItIsNamedAndTheOthersCount() {
            List<String> damaged = List.of(
                    lines.get(0),
                    "{\"v\":1,\"seq\":2,\"ev\":\"attempt.end\"}",
                    "{\"v\":1,\"seq\":3,\"ev\":\"of tomorrow\"}");

            Ci.Answer answer = ci.events("build-1", "s1", damaged);

            assertThat(answer.json().path("acknowledged").asInt()).isEqualTo(3);
            assertThat(answer.json().path("rejected").get(0).path("seq").asInt())
                    .isEqualTo(2);
            assertThat(answer.json().path("rejected").get(0).path("reason").asText())
                    .contains("status");
        }

        @org.junit.jupiter.api.Test
        void whenTheRunIsUnknown_thenTheAnswerTellsToOpenIt() {
            Ci.Answer answer = ci.events("build-2", "s1", lines);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("detail").asText()).contains("PUT /api/v1/runs/{runKey}");
        }

        @org.junit.jupiter.api.Test
        void whenItIsTooLarge_thenItIsRefused() {
            List<String> many = IntStream.rangeClosed(1, 1001)
                    .mapToObj(i -> "{\"v\":1,\"seq\":" + i + ",\"ev\":\"x\"}")
                    .toList();
            String giant = "{\"v\":1,\"seq\":1,\"ev\":\"output\",\"text\":\"" + "x".repeat(9 * 1024 * 1024) + "\"}";

            assertThat(ci.events("build-1", "s1", many).status()).isEqualTo(413);
            assertThat(ci.events("build-1", "s1", List.of(giant)).status()).isEqualTo(413);
        }
    }

    @Nested
    class GivenARunThatEnds {

        @org.junit.jupiter.api.Test
        void whenATestPassedOnRetry_thenTheRunIsFlaky() {
            SpoolScript script = announced()
                    .fail(CART, 0, "Error: boom", "")
                    .end(CART, 1, "passed", 100)
                    .end(PAY, 0, "passed", 100);
            ci.events("build-1", "s1", script.stop("passed").lines());

            assertThat(ci.finish("build-1", 2, 2, 0).json().path("verdict").asText())
                    .isEqualTo("flaky");
            JsonNode day = history(CART).path("days").get(0);
            assertThat(day.path("flaky").asInt()).isEqualTo(1);
            assertThat(day.path("failed").asInt()).isZero();
        }

        @org.junit.jupiter.api.Test
        void whenATestFailed_thenTheAnswerToTheEndSaysWhoseFailureItIs() {
            SpoolScript script = announced()
                    .fail(CART, 0, "Error: boom", "")
                    .fail(CART, 1, "Error: boom", "")
                    .end(PAY, 0, "passed", 100);
            ci.events("build-1", "s1", script.stop("failed").lines());

            JsonNode labels = ci.finish("build-1", 2, 2, 1).json().path("labels");

            assertThat(labels.size()).isEqualTo(1);
            assertThat(labels.path(CART.id()).path("label").asText()).isEqualTo("new");
            assertThat(labels.path(CART.id()).path("evidence").asText()).isNotBlank();
        }

        @org.junit.jupiter.api.Test
        void whenATestNeverRan_thenTheRunIsIncomplete() {
            ci.events(
                    "build-1",
                    "s1",
                    announced().end(CART, 0, "passed", 100).stop("passed").lines());

            Ci.Answer finish = ci.send(
                    "POST",
                    Ci.run("build-1") + "/finish",
                    "{\"discovered\":2,\"executed\":1,\"missing\":[\"" + PAY.id() + "\"],\"exitCode\":3}");

            assertThat(finish.json().path("verdict").asText()).isEqualTo("incomplete");
            assertThat(ci.get("/api/v1/runs/" + run).json().path("sentence").asText())
                    .startsWith("1 of 2 tests never ran");
        }

        @org.junit.jupiter.api.Test
        void whenResultsComeAfterTheEnd_thenTheVerdictFollowsThem() {
            ci.finish("build-1", 2, 2, 0);
            SpoolScript script = announced().end(CART, 0, "passed", 100).fail(PAY, 0, "Error: boom", "");

            ci.events("build-1", "s1", script.stop("failed").lines());

            JsonNode shown = ci.get("/api/v1/runs/" + run).json();
            assertThat(shown.path("verdict").asText()).isEqualTo("failed");
            assertThat(shown.toString()).contains("\"label\":\"new\"");
            assertThat(ci.get("/api/v1/runs/" + run + "/failed-tests")
                            .json()
                            .path("tests")
                            .get(0)
                            .asText())
                    .isEqualTo(PAY.id());
        }

        @org.junit.jupiter.api.Test
        void whenTheStableBranchFailedBefore_thenTheFailureIsRedOnMain() {
            SpoolScript red = announced().end(CART, 0, "passed", 100).fail(PAY, 0, "Error: boom", "");
            ci.events("build-1", "s1", red.stop("failed").lines());
            ci.finish("build-1", 2, 2, 1);
            long second = ci.opened(
                    "build-2", "\"branch\":\"topic\",\"pullRequest\":\"7\",\"commit\":\"c2\",\"discovered\":2");

            SpoolScript again = announced().end(CART, 0, "passed", 100).fail(PAY, 0, "Error: boom", "");
            ci.events("build-2", "s1", again.stop("failed").lines());
            ci.finish("build-2", 2, 2, 1);

            String shown = ci.get("/api/v1/runs/" + second).body();
            assertThat(shown).contains("\"label\":\"red on main\"").contains("since commit c1 (run 1)");
        }

        @org.junit.jupiter.api.Test
        void whenTwoExecutorsRanTheSameSetUp_thenItIsNoTestOfTheRun() {
            Test setUp = new Test("auth.setup.ts", List.of("signs in"), "setup");
            for (int shard = 1; shard <= 2; shard++) {
                SpoolScript script =
                        new SpoolScript(1_790_000_000_000L).begin(1).announce(setUp, 1);
                script.end(setUp, 0, "passed", 50);
                Test own = shard == 1 ? CART : PAY;
                script.announce(own, 1).end(own, 0, "passed", 70);
                ci.events("build-1", "s" + shard, shard, script.stop("passed").lines());
            }

            assertThat(ci.finish("build-1", 2, 2, 0).json().path("verdict").asText())
                    .isEqualTo("passed");
            JsonNode shown = ci.get("/api/v1/runs/" + run).json();
            assertThat(shown.path("counts").path("passed").asInt()).isEqualTo(2);
            assertThat(shown.path("executors")).hasSize(2);
        }

        @org.junit.jupiter.api.Test
        void whenItIsFinishedTwice_thenTheAnswerIsTheSame() {
            ci.events("build-1", "s1", script().stop("passed").lines());

            assertThat(ci.finish("build-1", 2, 2, 0).body())
                    .isEqualTo(ci.finish("build-1", 2, 2, 0).body());
        }
    }

    @Nested
    class GivenHistory {

        @org.junit.jupiter.api.Test
        void whenAPlanIsAsked_thenItRestsOnItAndStaysTheSame() {
            ci.events("build-1", "s1", script().stop("passed").lines());
            String wish =
                    "{\"runKey\":\"build-2\",\"suite\":\"playwright.config.ts\",\"machines\":2,\"workers\":1,\"tests\":["
                            + "{\"id\":\"" + CART.id()
                            + "\",\"project\":\"chromium\",\"file\":\"cart.spec.ts\",\"titles\":[\"adds\"],\"group\":\"a\"},"
                            + "{\"id\":\"" + PAY.id()
                            + "\",\"project\":\"chromium\",\"file\":\"pay.spec.ts\",\"titles\":[\"pays\"],\"group\":\"b\"}]}";

            Ci.Answer plan = ci.send("POST", "/api/v1/orchestrate", wish);
            SpoolScript slower = announced().end(CART, 0, "passed", 9_000).end(PAY, 0, "passed", 9_000);
            ci.events("build-1", "s2", slower.stop("passed").lines());
            Ci.Answer again = ci.send("POST", "/api/v1/orchestrate", wish);

            assertThat(plan.json().path("estimatedFrom").asText()).isEqualTo("coordinator");
            assertThat(plan.json().path("shards")).hasSize(2);
            assertThat(plan.json().path("makespanMs").asLong()).isBetween(900L, 1_100L);
            assertThat(again.body()).isEqualTo(plan.body());
        }

        @org.junit.jupiter.api.Test
        void whenTheTestIsAsked_thenQuantilesAndRunsAreThere() {
            ci.events("build-1", "s1", script().stop("passed").lines());

            JsonNode history = history(PAY);

            assertThat(history.path("p50Ms").asDouble()).isBetween(980.0, 1020.0);
            assertThat(history.path("p99Ms").asDouble()).isBetween(980.0, 1020.0);
            assertThat(history.path("runs").get(0).path("verdict").asText()).isEqualTo("passed");
        }
    }

    private JsonNode history(Test test) {
        return ci.get("/api/v1/tests/" + test.id() + "/history?suite=playwright.config.ts")
                .json();
    }

    private JsonNode timings() {
        return ci.get("/api/v1/timings?suite=playwright.config.ts").json().path("tests");
    }

    private static SpoolScript announced() {
        return new SpoolScript(1_790_000_000_000L).begin(2).announce(CART, 3).announce(PAY, 8);
    }

    private static SpoolScript script() {
        return announced()
                .start(CART, 0)
                .end(CART, 0, "passed", 500)
                .start(PAY, 0)
                .end(PAY, 0, "passed", 1_000);
    }
}
