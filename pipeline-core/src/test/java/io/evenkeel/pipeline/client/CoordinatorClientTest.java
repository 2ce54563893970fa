package io.evenkeel.pipeline.client;

import static io.evenkeel.pipeline.client.TestCoordinator.status;
import static io.evenkeel.pipeline.client.TestCoordinator.storesAndBreaks;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import io.evenkeel.pipeline.secret.Secret;
import io.evenkeel.pipeline.spool.Acknowledgement;
import io.evenkeel.pipeline.spool.ArtifactSink;
import io.evenkeel.pipeline.spool.Batch;
import io.evenkeel.pipeline.spool.EventSink;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60) // against hanging for ever; no test measures with it
class CoordinatorClientTest {

    private static final RunOpening OPENING =
            new RunOpening("playwright.config.ts", new RunOpening.Origin("main", "c0ffee", "", ""), 62, 2);
    private static final SpoolId SPOOL = new SpoolId("s1", 1, "machine \"one\"");

    private final ManualPace pace = new ManualPace();
    private final List<String> notices = new ArrayList<>();
    private final TestCoordinator coordinator = new TestCoordinator();

    @AfterEach
    void endCoordinator() {
        coordinator.close();
    }

    private CoordinatorClient client(String url) {
        return client(url, TestCoordinator.TOKEN);
    }

    private CoordinatorClient client(String url, String token) {
        OkHttpTransport real = new OkHttpTransport(HttpUrl.get(url + "/"), Secret.of(token));
        return CoordinatorClient.over(
                new ScaledTransport(real, pace, Duration.ZERO), pace, ClientSettings.standard(), notices::add);
    }

    private static SpoolEvent event(long seq, String text) {
        return EventJson.read("{\"v\":1,\"seq\":" + seq + ",\"t\":1,\"ev\":\"output\",\"text\":\"" + text + "\"}");
    }

    private static Batch batch(long from, long to) {
        return new Batch(
                SPOOL,
                LongStream.rangeClosed(from, to)
                        .mapToObj(seq -> event(seq, "x"))
                        .toList());
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static PlanRequest planRequest() {
        return new PlanRequest(
                "k", "a", 2, 1, List.of(new PlanRequest.Entry("id", "p", "a.spec.ts", List.of("t"), "g")));
    }

    /** Everything an executor waits for, in its order. */
    private static void wholeRun(CoordinatorClient client) {
        client.openRun("k", OPENING);
        client.timings("a");
        client.plan(planRequest());
        client.eventsAfterTests("k", OPENING).send(batch(1, 3));
        client.eventsAfterTests("k", OPENING).send(batch(1, 3));
        client.finish("k", new RunFinish(3, 3, List.of(), 0));
    }

    @Nested
    class GivenAHealthyCoordinator {

        @Test
        void whenARunGoesThrough_thenEachAnswerIsDelivered() {
            CoordinatorClient client = client(coordinator.url());

            assertThat(client.openRun("build 7/1", OPENING))
                    .isEqualTo(new Answer.Delivered<>(new RunOpened("r1", coordinator.url() + "/runs/r1")));
            assertThat(client.timings("a/b config.ts").value())
                    .hasValueSatisfying(t -> assertThat(t).contains("\"v\":1"));
            assertThat(client.plan(planRequest()).value()).isPresent();
            assertThat(client.eventsWhileTestsRun("k", OPENING).send(batch(1, 1000)))
                    .isEqualTo(new Acknowledgement.Stored(1000));
            assertThat(client.finish("k", new RunFinish(62, 62, List.of(), 1)))
                    .isEqualTo(new Answer.Delivered<>(new RunFinished("failed", Map.of())));
            assertThat(coordinator.requests())
                    .contains("PUT /api/v1/runs/build%207%2F1", "GET /api/v1/timings?suite=a%2Fb%20config.ts");
            assertThat(notices).isEmpty();
        }

        @Test
        void whenABatchIsSentThreeTimes_thenItCountsOnce() {
            EventSink sink = client(coordinator.url()).eventsWhileTestsRun("k", OPENING);

            sink.send(batch(1, 5));
            sink.send(batch(1, 5));

            assertThat(sink.send(batch(1, 5))).isEqualTo(new Acknowledgement.Stored(5));
            assertThat(coordinator.stored()).isEqualTo(upTo(5));
        }

        @Test
        void whenEventsAreMissingThere_thenTheAnswerSaysFromWhereToSend() {
            EventSink sink = client(coordinator.url()).eventsWhileTestsRun("k", OPENING);
            sink.send(batch(1, 2));

            assertThat(sink.send(batch(5, 6))).isEqualTo(new Acknowledgement.Gap(3));
        }
    }

    @Nested
    class GivenNobodyListens {

        @Test
        void whenAWholeRunGoesThrough_thenAtMostFiveSecondsAreAddedAndItIsSaidOnce() {
            int port = coordinator.kill();

            wholeRun(client("http://127.0.0.1:" + port));

            assertThat(pace.passed()).isLessThanOrEqualTo(Duration.ofSeconds(5));
            assertThat(notices).singleElement().asString().contains("does not answer", "The tests run without it");
        }
    }

    @Nested
    class GivenASocketThatHangs {

        @Test
        void whenAWholeRunGoesThrough_thenAtMostFiveSecondsAreAdded() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                OkHttpTransport real = new OkHttpTransport(
                        HttpUrl.get("http://127.0.0.1:" + socket.getLocalPort() + "/"), Secret.none());
                CoordinatorClient client = CoordinatorClient.over(
                        ScaledTransport.impatient(real, pace), pace, ClientSettings.standard(), notices::add);

                wholeRun(client);
                client.close();
            }

            assertThat(pace.passed()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            assertThat(notices).hasSize(1);
        }
    }

    @Nested
    class GivenSlowAnswers {

        @Test
        void whenEachTakesNineHundredMilliseconds_thenAtMostFiveSecondsAreAdded() {
            OkHttpTransport real =
                    new OkHttpTransport(HttpUrl.get(coordinator.url() + "/"), Secret.of(TestCoordinator.TOKEN));
            CoordinatorClient client = CoordinatorClient.over(
                    new ScaledTransport(real, pace, Duration.ofMillis(900)),
                    pace,
                    ClientSettings.standard(),
                    notices::add);

            Answer<RunOpened> first = client.openRun("k", OPENING);
            wholeRun(client);

            assertThat(first.value()).isPresent();
            assertThat(pace.passed()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
    }

    @Nested
    class GivenServerErrors {

        @Test
        void whenTheyPass_thenTheRequestIsRepeatedUntilItIsAnswered() {
            coordinator.next(status(500));
            coordinator.next(status(503));

            assertThat(client(coordinator.url()).openRun("k", OPENING).value()).isPresent();
            assertThat(coordinator.requests()).hasSize(3);
            assertThat(notices).isEmpty();
        }

        @Test
        void whenTheyStay_thenAWholeRunAddsAtMostFiveSeconds() {
            for (int i = 0; i < 200; i++) {
                coordinator.next(status(500));
            }

            wholeRun(client(coordinator.url()));

            assertThat(pace.passed()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void whenTheyStay_thenTheCircuitOpensAndFewRequestsAreMade() {
            for (int i = 0; i < 200; i++) {
                coordinator.next(status(500));
            }
            EventSink sink = client(coordinator.url()).eventsWhileTestsRun("k", OPENING);

            for (int i = 0; i < 50; i++) {
                assertThat(sink.send(batch(1, 2))).isInstanceOf(Acknowledgement.Unavailable.class);
            }

            assertThat(coordinator.requests()).hasSizeLessThan(10);
        }

        @Test
        void whenTheCircuitIsOpenAndTheCoordinatorComesBack_thenItIsFoundAgain() {
            for (int i = 0; i < 5; i++) {
                coordinator.next(status(500));
            }
            EventSink sink = client(coordinator.url()).eventsWhileTestsRun("k", OPENING);
            sink.send(batch(1, 2));

            pace.pause(Duration.ofSeconds(3));

            assertThat(sink.send(batch(1, 2))).isEqualTo(new Acknowledgement.Stored(2));
        }

        @Test
        void whenItAsksToWait_thenTheClientWaitsAsLong() {
            coordinator.next(status(429, "Retry-After", "7"));

            Acknowledgement answer =
                    client(coordinator.url()).eventsWhileTestsRun("k", OPENING).send(batch(1, 1));

            assertThat(answer).isEqualTo(new Acknowledgement.Stored(1));
            assertThat(pace.passed()).isEqualTo(Duration.ofSeconds(7));
        }

        @Test
        void whenItAsksToWaitUntilADate_thenTheClientWaitsUntilThen() {
            coordinator.next(status(503, "Retry-After", "Sat, 21 Nov 2026 10:00:04 GMT"));

            client(coordinator.url()).eventsWhileTestsRun("k", OPENING).send(batch(1, 1));

            assertThat(coordinator.stored()).isEqualTo(upTo(1));
            assertThat(pace.passed()).isEqualTo(Duration.ofSeconds(4));
        }

        @Test
        void whenItAsksToWaitLongerThanTheBudget_thenTheAnswerComesAtOnce() {
            coordinator.next(status(503, "Retry-After", "60"));

            assertThat(client(coordinator.url()).openRun("k", OPENING)).isInstanceOf(Answer.Unreachable.class);
            assertThat(pace.passed()).isZero();
        }
    }

    @Nested
    class GivenAWrongToken {

        @Test
        void whenManyRequestsAreMade_thenItIsAskedOnceAndSaidOnceWithTheRemedy() {
            CoordinatorClient client = client(coordinator.url(), "ek_wrong");

            Answer<RunOpened> answer = client.openRun("k", OPENING);
            wholeRun(client);

            assertThat(answer).isInstanceOf(Answer.Refused.class);
            assertThat(coordinator.requests()).hasSize(1);
            assertThat(notices)
                    .singleElement()
                    .asString()
                    .contains("EVENKEEL_TOKEN", "The tests run without it")
                    .doesNotContain("ek_wrong");
        }

        @Test
        void whenEventsAreSent_thenTheyAreRejectedAndStayInTheSpool() {
            Acknowledgement answer = client(coordinator.url(), "")
                    .eventsWhileTestsRun("k", OPENING)
                    .send(batch(1, 1));

            assertThat(answer).isInstanceOf(Acknowledgement.Rejected.class);
        }
    }

    @Nested
    class GivenAWrongAddress {

        @Test
        void whenItIsNoUrl_thenEverythingIsRefusedWithTheRemedy() {
            for (String wrong : List.of("", "coordinator", "ftp://h", "http://u:p@h/", "http://h/?a=b", "http://")) {
                List<String> said = new ArrayList<>();
                CoordinatorClient client =
                        CoordinatorClient.at(wrong, Secret.none(), ClientSettings.standard(), said::add);

                assertThat(client.openRun("k", OPENING)).as(wrong).isInstanceOf(Answer.Refused.class);
                assertThat(said).singleElement().asString().contains("EVENKEEL_URL", "https://");
            }
        }

        @Test
        void whenItIsAnotherWebSite_thenTheAnswerIsRefused() {
            coordinator.next((exchange, self, body) -> {
                TestCoordinator.answer(exchange, 200, "<html>Welcome</html>");
                return true;
            });

            assertThat(client(coordinator.url()).openRun("k", OPENING)).isInstanceOf(Answer.Refused.class);
            assertThat(notices).singleElement().asString().contains("EVENKEEL_URL");
        }

        @Test
        void whenItRedirects_thenTheTokenIsNotSentOnAndTheTargetIsNamed() {
            coordinator.next(status(302, "Location", "https://evenkeel.example.org/"));

            assertThat(client(coordinator.url()).openRun("k", OPENING)).isInstanceOf(Answer.Refused.class);
            assertThat(coordinator.requests()).hasSize(1);
            assertThat(notices).singleElement().asString().contains("https://evenkeel.example.org/");
        }

        @Test
        void whenTheCoordinatorLivesBelowAPath_thenThePathIsKept() {
            CoordinatorClient client = CoordinatorClient.at(
                    coordinator.url() + "/evenkeel",
                    Secret.of(TestCoordinator.TOKEN),
                    ClientSettings.standard(),
                    notices::add);

            client.openRun("k", OPENING);
            client.close();

            assertThat(coordinator.requests()).containsExactly("PUT /evenkeel/api/v1/runs/k");
        }
    }

    @Nested
    class GivenARequestThatIsTooLarge {

        @Test
        void whenItIsRefused_thenItIsSentInParts() {
            coordinator.takesAtMost(2_000);

            Acknowledgement answer =
                    client(coordinator.url()).eventsWhileTestsRun("k", OPENING).send(batch(1, 300));

            assertThat(answer).isEqualTo(new Acknowledgement.Stored(300));
            assertThat(coordinator.stored()).isEqualTo(upTo(300));
        }

        @Test
        void whenASingleEventIsTooLarge_thenItIsCutAndWhatFollowsArrives() {
            coordinator.takesAtMost(6_000);
            Batch batch = new Batch(SPOOL, List.of(event(1, "a"), event(2, "b".repeat(9_000)), event(3, "c")));

            Acknowledgement answer =
                    client(coordinator.url()).eventsWhileTestsRun("k", OPENING).send(batch);

            assertThat(answer).isEqualTo(new Acknowledgement.Stored(3));
            assertThat(coordinator.lines().get(1)).contains("bbbb", "(cut, was 9000 characters)", "\"seq\":2");
        }

        @Test
        void whenEvenTheCutEventIsTooLarge_thenItIsRejectedWithTheReason() {
            coordinator.takesAtMost(50);

            Acknowledgement answer =
                    client(coordinator.url()).eventsWhileTestsRun("k", OPENING).send(batch(1, 1));

            assertThat(answer.match(s -> "", g -> "", u -> "", Acknowledgement.Rejected::reason))
                    .contains("Event 1", "proxy");
        }
    }

    @Nested
    class GivenAConnectionThatBreaksAfterTheBatchWasStored {

        @Test
        void whenTheClientSendsItAgain_thenNothingIsThereTwice() {
            coordinator.next(storesAndBreaks());

            Acknowledgement answer =
                    client(coordinator.url()).eventsWhileTestsRun("k", OPENING).send(batch(1, 10));

            assertThat(answer).isEqualTo(new Acknowledgement.Stored(10));
            assertThat(coordinator.stored()).isEqualTo(upTo(10));
        }
    }

    @Nested
    class GivenACoordinatorThatIsKilledAndStartedAgain {

        @Test
        void whenBatchesAreSentAllTheTime_thenNothingIsLostAndNothingIsThereTwice() {
            EventSink sink = client(coordinator.url()).eventsWhileTestsRun("k", OPENING);
            int away = 0;
            int port = 0;
            long next = 1;
            for (int i = 0; i < 100 && next <= 1_000; i++) {
                if (next == 401 && port == 0) {
                    port = coordinator.kill();
                }
                Acknowledgement answer = sink.send(batch(next, Math.min(next + 99, 1_000)));
                if (answer instanceof Acknowledgement.Unavailable) {
                    pace.pause(Duration.ofSeconds(40));
                    if (++away == 3) {
                        coordinator.next(storesAndBreaks());
                        coordinator.startAgain(port);
                    }
                }
                long sent = next;
                next = answer.match(s -> s.seq() + 1, g -> g.wanted(), u -> sent, r -> sent);
            }

            assertThat(away).isGreaterThanOrEqualTo(3);
            assertThat(coordinator.stored()).isEqualTo(upTo(1_000));
        }

        @Test
        void whenItLostItsData_thenItIsToldOfTheRunAndAsksForTheEventsAgain() {
            EventSink sink = client(coordinator.url()).eventsWhileTestsRun("k", OPENING);
            sink.send(batch(1, 5));
            coordinator.forgetsTheRun();

            assertThat(sink.send(batch(6, 7))).isEqualTo(new Acknowledgement.Gap(1));
            assertThat(sink.send(batch(1, 7))).isEqualTo(new Acknowledgement.Stored(7));
            assertThat(coordinator.requests()).contains("PUT /api/v1/runs/k");
        }
    }

    @Nested
    class GivenArtifacts {

        @TempDir
        Path folder;

        @Test
        void whenAFileIsStoredTwice_thenItIsSentOnce() throws IOException {
            Path file = Files.writeString(folder.resolve("trace.zip"), "content");
            ArtifactSink sink = client(coordinator.url()).artifacts();

            assertThat(sink.store(file, "ab".repeat(32), "application/zip")).isEqualTo(ArtifactSink.Answer.STORED);
            assertThat(sink.store(file, "ab".repeat(32), "application/zip")).isEqualTo(ArtifactSink.Answer.STORED);

            assertThat(coordinator.artifacts().get("ab".repeat(32))).asString().isEqualTo("content");
            assertThat(coordinator.requests().stream().filter(r -> r.startsWith("PUT")))
                    .hasSize(1);
        }

        @Test
        void whenAFileIsGone_thenItIsNotStoredAndNothingThrows() {
            ArtifactSink sink = client(coordinator.url()).artifacts();

            assertThat(sink.store(folder.resolve("gone"), "ab".repeat(32), "image/png"))
                    .isEqualTo(ArtifactSink.Answer.NOT_STORED);
            assertThat(coordinator.requests()).isEmpty();
        }

        @Test
        void whenTheContentTypeIsNonsense_thenItIsSentNevertheless() throws IOException {
            Path file = Files.writeString(folder.resolve("x"), "content");

            assertThat(client(coordinator.url()).artifacts().store(file, "cd".repeat(32), "no type at all"))
                    .isEqualTo(ArtifactSink.Answer.STORED);
        }
    }

    @Nested
    class GivenAnInterruptedThread {

        @Test
        void whenItAsks_thenItGetsAnAnswerAndStaysInterrupted() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                CoordinatorClient client = client("http://127.0.0.1:" + socket.getLocalPort());
                Thread.currentThread().interrupt();

                assertThat(client.openRun("k", OPENING)).isInstanceOf(Answer.Unreachable.class);
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }
}
