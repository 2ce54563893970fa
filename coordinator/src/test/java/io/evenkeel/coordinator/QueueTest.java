package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class QueueTest {

    private static final SpoolScript.Test CART = SpoolScript.Test.of("cart.spec.ts", "adds");
    private static final SpoolScript.Test PAY = SpoolScript.Test.of("pay.spec.ts", "pays");
    private static final SpoolScript.Test SHIP = SpoolScript.Test.of("ship.spec.ts", "ships");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private Coordinator coordinator;
    private Ci ci;
    private long run;

    @BeforeEach
    void begin() {
        start();
        ci = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
        run = ci.opened("build-1", "\"branch\":\"main\"");
    }

    private void start() {
        InstantSource clock = () -> now;
        coordinator = Coordinator.start(Settings.local(folder), clock);
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private Ci.Answer queue(String digest, String items) {
        return ci.send(
                "PUT",
                "/api/v1/orchestrate/build-1/queue",
                "{\"digest\":\"" + digest + "\",\"strategy\":\"duration\",\"machines\":2" + items + "}");
    }

    private void three() {
        List<String> items = new ArrayList<>();
        for (SpoolScript.Test test : List.of(CART, PAY, SHIP)) {
            items.add("{\"id\":\"" + test.file() + "\",\"tests\":[\"" + test.id() + "\"],\"estimateMs\":60000}");
        }
        assertThat(queue("d", ",\"items\":[" + String.join(",", items) + "]")
                        .json()
                        .path("created")
                        .asBoolean())
                .isTrue();
    }

    private long join(int shard) {
        return post(
                        "agents",
                        "{\"shard\":" + shard + ",\"executor\":\"runner-" + shard + "\",\"spool\":\"s" + shard + "\"}")
                .json()
                .path("token")
                .asLong();
    }

    private Ci.Answer post(String what, String body) {
        return ci.send("POST", "/api/v1/orchestrate/build-1/" + what, body);
    }

    private List<String> claim(long token, SpoolScript.Test... tests) {
        List<String> ids = new ArrayList<>();
        for (SpoolScript.Test test : tests) {
            ids.add("\"" + test.id() + "\"");
        }
        return granted(post("claims", "{\"token\":" + token + ",\"tests\":[" + String.join(",", ids) + "]}")
                .json());
    }

    private static List<String> granted(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("granted").forEach(item -> item.path("tests").forEach(id -> ids.add(id.asText())));
        return ids;
    }

    private Ci.Answer heartbeat(long token, SpoolScript.Test test) {
        return post(
                "heartbeat",
                "{\"token\":" + token + ",\"ended\":[{\"test\":\"" + test.id() + "\",\"result\":\"passed\"}]}");
    }

    private void result(int shard, SpoolScript.Test test) {
        SpoolScript script = new SpoolScript(now.toEpochMilli()).begin(1).announce(test, 1);
        ci.events(
                "build-1",
                "s" + shard,
                shard,
                script.start(test, 0).end(test, 0, "passed", 700).lines());
    }

    private JsonNode overview() {
        return ci.get("/api/v1/orchestrate/" + run).json();
    }

    @Nested
    class GivenAQueue {

        @BeforeEach
        void begin() {
            three();
        }

        @Test
        void whenASecondAgentBringsItsItems_thenItLearnsTheOrderOfTheFirst() {
            JsonNode joined = queue("d", "").json();

            assertThat(joined.path("created").asBoolean()).isFalse();
            assertThat(joined.path("order").get(2).asText()).isEqualTo(SHIP.file());
        }

        @Test
        void whenAnAgentHasAnotherSuite_thenItIsTold() {
            Ci.Answer answer = queue("other", "");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("detail").asText()).contains("same commit");
        }

        @Test
        void whenItsResultHasNotArrived_thenATestIsNotDone() {
            long one = join(1);
            claim(one, CART);

            JsonNode early = heartbeat(one, CART).json();
            assertThat(early.path("missing").get(0).asText()).isEqualTo(CART.id());
            result(1, CART);

            assertThat(heartbeat(one, CART).json().path("missing")).isEmpty();
            assertThat(overview().path("queue").path("tests").path("passed").asInt())
                    .isEqualTo(1);
        }

        @Test
        void whenTheLeaseHasEnded_thenAnotherGetsTheTestAndTheLateAnswerIsRefused() {
            long one = join(1);
            long two = join(2);
            claim(one, CART);
            now = now.plus(Duration.ofSeconds(31));
            long three = join(3);

            assertThat(claim(three, CART)).containsExactly(CART.id());
            result(1, CART);

            assertThat(heartbeat(one, CART).status()).isEqualTo(409);
            assertThat(post("claims", "{\"token\":" + two + "}").status()).isEqualTo(409);
            JsonNode queue = overview().path("queue");
            assertThat(queue.path("lateResults").asInt()).isEqualTo(1);
            assertThat(queue.path("handedOver").asInt()).isEqualTo(1);
            assertThat(queue.path("tests").path("passed").asInt()).isZero();
        }

        @Test
        void whenTheCoordinatorIsStartedAgain_thenLeasesGoOnAndNothingIsGrantedTwice() {
            long one = join(1);
            long two = join(2);
            claim(one, CART);
            result(1, CART);
            heartbeat(one, CART);
            claim(one, PAY);
            coordinator.close();
            now = now.plus(Duration.ofMinutes(5));
            start();
            ci = new Ci(
                    coordinator.url(),
                    coordinator.projects().addToken("shop").orElseThrow().reveal());

            assertThat(claim(two, CART, PAY, SHIP)).containsExactly(SHIP.id());
            assertThat(claim(one, PAY)).containsExactly(PAY.id());
            JsonNode queue = overview().path("queue");
            assertThat(queue.path("tests").path("passed").asInt()).isEqualTo(1);
            assertThat(queue.path("items").path("held").asInt()).isEqualTo(2);
            assertThat(join(3)).isGreaterThan(two);
        }

        @Test
        void whenManyAskAtOnce_thenEachTestIsGrantedOnce() {
            List<Long> tokens =
                    IntStream.rangeClosed(1, 8).mapToObj(QueueTest.this::join).toList();

            List<String> granted = tokens.stream()
                    .map(token -> CompletableFuture.supplyAsync(() -> claim(token, CART, PAY, SHIP)))
                    .toList()
                    .stream()
                    .flatMap(answer -> answer.join().stream())
                    .toList();

            assertThat(granted).containsExactlyInAnyOrder(CART.id(), PAY.id(), SHIP.id());
        }

        @Test
        void whenAnAgentLeaves_thenItsRestIsFreeAtOnce() {
            long one = join(1);
            claim(one, CART, PAY);
            result(1, CART);

            post(
                    "leave",
                    "{\"token\":" + one + ",\"ended\":[{\"test\":\"" + CART.id()
                            + "\",\"result\":\"passed\"},{\"test\":\"" + PAY.id() + "\",\"result\":\"passed\"}]}");

            assertThat(claim(join(2), CART, PAY)).containsExactly(PAY.id());
        }

        @Test
        void whenPeopleLook_thenEachShardIsEstimatedAndMeasured() {
            long one = join(1);
            claim(one, CART, PAY);
            result(1, CART);

            JsonNode overview = overview();

            assertThat(overview.path("state").asText()).isEqualTo("running");
            assertThat(overview.path("mode").asText()).isEqualTo("dynamic");
            JsonNode shard = overview.path("shards").get(0);
            assertThat(shard.path("estimatedMs").asLong()).isEqualTo(120_000);
            assertThat(shard.path("busyMs").asLong()).isEqualTo(700);
            assertThat(overview.path("queue")
                            .path("agents")
                            .get(0)
                            .path("executor")
                            .asText())
                    .isEqualTo("runner-1");
        }
    }

    @Nested
    class GivenExecutorsThatPlanByThemselves {

        @Test
        void whenTheyPlannedDifferently_thenTheFirstPlanCountsForAll() {
            assertThat(agree("").status()).isEqualTo(404);
            assertThat(shares(agree(plan("a", "b")))).containsExactly("a", "b");

            assertThat(shares(agree(plan("b", "a")))).containsExactly("a", "b");
            coordinator.close();
            start();
            ci = new Ci(
                    coordinator.url(),
                    coordinator.projects().addToken("shop").orElseThrow().reveal());
            assertThat(shares(agree(""))).as("started again").containsExactly("a", "b");
        }

        @Test
        void whenThePlanIsOfAnotherSuiteOrNumber_thenItIsRefused() {
            assertThat(agree(",\"plan\":{\"v\":1,\"digest\":\"other\",\"shards\":[{},{}]}")
                            .status())
                    .isEqualTo(400);
            assertThat(agree(",\"plan\":{\"v\":1,\"digest\":\"d\",\"shards\":[{}]}")
                            .status())
                    .isEqualTo(400);
            assertThat(ci.send("PUT", "/api/v1/orchestrate/build-1/plan", "{\"digest\":\"d\",\"machines\":0}")
                            .status())
                    .isEqualTo(400);
            assertThat(agree("").status()).isEqualTo(404);
        }

        private Ci.Answer agree(String plan) {
            return ci.send("PUT", "/api/v1/orchestrate/build-1/plan", "{\"digest\":\"d\",\"machines\":2" + plan + "}");
        }

        private String plan(String first, String second) {
            return ",\"plan\":{\"v\":1,\"digest\":\"d\",\"shards\":[{\"index\":1,\"tests\":[\"" + first
                    + "\"]},{\"index\":2,\"tests\":[\"" + second + "\"]}]}";
        }

        private List<String> shares(Ci.Answer answer) {
            List<String> tests = new ArrayList<>();
            answer.json()
                    .path("shards")
                    .forEach(shard -> tests.add(shard.path("tests").path(0).asText()));
            return tests;
        }
    }

    @Nested
    class GivenARunThatIsCalledOff {

        @Test
        void whenAnAgentAsks_thenItHearsOfItAndGetsNothing() {
            three();
            long one = join(1);

            assertThat(ci.send("DELETE", "/api/v1/orchestrate/build-1", "")
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("cancelled");

            JsonNode answer =
                    post("claims", "{\"token\":" + one + ",\"ahead\":\"next\"}").json();
            assertThat(answer.path("state").asText()).isEqualTo("cancelled");
            assertThat(granted(answer)).isEmpty();
            assertThat(overview().path("state").asText()).isEqualTo("cancelled");
        }

        @Test
        void whenItsQueueIsOpenedAfterwards_thenItIsCancelledToo() {
            ci.send("DELETE", "/api/v1/orchestrate/" + run, "");
            three();

            assertThat(post("claims", "{\"token\":" + join(1) + ",\"ahead\":\"next\"}")
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("cancelled");
        }

        @Test
        void whenAnExecutorWithoutAQueueAsks_thenItHearsOfItToo() {
            assertThat(state()).isEqualTo("planned");
            result(1, CART);
            assertThat(state()).isEqualTo("running");

            ci.send("DELETE", "/api/v1/orchestrate/build-1", "");

            assertThat(state()).isEqualTo("cancelled");
            assertThat(ci.send("GET", "/api/v1/orchestrate/unknown/state", "").status())
                    .isEqualTo(404);
        }

        private String state() {
            return ci.get("/api/v1/orchestrate/build-1/state")
                    .json()
                    .path("state")
                    .asText();
        }

        @Test
        void whenItIsFinishedAlready_thenThereIsNothingToCancel() {
            ci.finish("build-1", 0, 0, 0);

            assertThat(ci.send("DELETE", "/api/v1/orchestrate/build-1", "").status())
                    .isEqualTo(409);
        }

        @Test
        void whenItIsAnothers_thenItIsNotThere() {
            Ci other = Ci.of(
                    coordinator, coordinator.projects().add("other", "Other").token());

            assertThat(other.send("DELETE", "/api/v1/orchestrate/build-1", "").status())
                    .isEqualTo(404);
            assertThat(other.send("DELETE", "/api/v1/orchestrate/" + run, "").status())
                    .isEqualTo(404);
        }
    }

    @Nested
    class GivenBadInput {

        @Test
        void whenARunHasNoQueue_thenItIsSaid() {
            assertThat(post("agents", "{\"shard\":1}").status()).isEqualTo(404);
            assertThat(post("claims", "{\"token\":1}").status()).isEqualTo(404);
            assertThat(queue("d", "").status()).isEqualTo(404);
            assertThat(overview().path("mode").asText()).isEqualTo("static");
        }

        @Test
        void whenFieldsMakeNoSense_thenNothingIsKept() {
            for (String items : List.of(
                    "[{\"id\":\"a\",\"tests\":[],\"estimateMs\":1}]",
                    "[{\"id\":\"a\",\"tests\":[\"t\"],\"estimateMs\":-1}]",
                    "[{\"id\":\"a\",\"tests\":[\"t\"],\"estimateMs\":1},{\"id\":\"b\",\"tests\":[\"t\"],\"estimateMs\":1}]")) {
                assertThat(queue("d", ",\"items\":" + items).status()).as(items).isEqualTo(400);
            }
            three();
            assertThat(post("agents", "{\"shard\":-1}").status()).isEqualTo(400);
            assertThat(post("agents", "{\"lanes\":0}").status()).isEqualTo(400);
            assertThat(post("claims", "{\"tests\":[]}").status()).isEqualTo(400);
            assertThat(post("claims", "{\"token\":1,\"ahead\":\"all\"}").status())
                    .isEqualTo(400);
        }
    }
}
