package io.evenkeel.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.pipeline.client.ClientSettings;
import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.fix.ForgeCommits;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.host.CiEnvironment;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator's two routes over HTTP; the forge's list is in memory. */
class FollowUpTest {

    private static final String URL = "https://forge.example/pull/";
    private static final String PROPOSALS = """
        {"v":1,"proposals":[
        {"file":"a.ts","originalSelector":"#one","healedSelector":"#1","state":"open","pullRequest":"%1$s1"},
        {"file":"a.ts","originalSelector":"#two","healedSelector":"#2","state":"accepted","pullRequest":"%1$s2"},
        {"file":"a.ts","originalSelector":"#three","healedSelector":"#3","state":"open","pullRequest":"%1$s3"},
        {"file":"a.ts","originalSelector":"#four","healedSelector":"#4","state":"proposed","pullRequest":""}]}""".formatted(URL);

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private HttpServer coordinator;

    @BeforeEach
    void startTheCoordinator() throws IOException {
        coordinator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        coordinator.createContext("/api/v1/healing/proposals", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean put = exchange.getRequestMethod().equals("PUT");
            if (put) {
                told.add(body);
            }
            byte[] answer = (put ? "{\"state\":\"accepted\"}" : PROPOSALS).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        coordinator.start();
    }

    @AfterEach
    void stopTheCoordinator() {
        coordinator.stop(0);
    }

    /** Nobody watches. */
    private static final class Nobody implements People {
        @Override
        public void say(String line) {
            // nobody reads it
        }

        @Override
        public void warn(String line) {
            // nobody reads it
        }
    }

    private HealingJob job(Optional<CoordinatorClient> client) {
        return new HealingJob(
                new JobContext(
                        CiEnvironment.read(Map.of(), "run-1"),
                        new WorkFolder(folder.resolve(".evenkeel")),
                        client,
                        new JobContext.Machine(Map.of(), Clock.systemUTC()),
                        new Nobody()),
                folder);
    }

    private Optional<CoordinatorClient> client() {
        return Optional.of(CoordinatorClient.at(
                "http://127.0.0.1:" + coordinator.getAddress().getPort(),
                Secret.of("token"),
                ClientSettings.standard(),
                line -> {}));
    }

    private static PullRequests forge(PullRequests.State first, PullRequests.State third) {
        return new PullRequests() {
            @Override
            public String base() {
                return "main";
            }

            @Override
            public List<Pull> from(String branchPrefix) {
                return List.of(pull(1, first), pull(2, State.CLOSED), pull(3, third));
            }

            private Pull pull(long number, State state) {
                return new Pull(number, "evenkeel/heal-" + number, state, new Text("", ""), URL + number);
            }

            @Override
            public Pull open(Proposal proposal) {
                throw new IllegalStateException("nothing is opened");
            }

            @Override
            public void revise(Pull pull, Text text) {
                throw new IllegalStateException("nothing is revised");
            }

            @Override
            public Optional<ForgeCommits> commits() {
                return Optional.empty();
            }
        };
    }

    @Test
    void whenAPullRequestWasMerged_thenTheCoordinatorIsToldOfThatOneAlone() throws Exception {
        int decided = job(client()).follow(forge(PullRequests.State.MERGED, PullRequests.State.OPEN));

        assertThat(decided).isEqualTo(1);
        assertThat(told).singleElement().asString().contains("#one", "accepted", "merged", URL + 1);
    }

    @Test
    void whenAPullRequestWasClosed_thenTheRepairIsRejected() throws Exception {
        int decided = job(client()).follow(forge(PullRequests.State.OPEN, PullRequests.State.CLOSED));

        assertThat(decided).isEqualTo(1);
        assertThat(told).singleElement().asString().contains("#three", "rejected", "closed without merging");
    }

    @Test
    void whenThereIsNoCoordinator_thenTheForgeIsNotAsked() throws Exception {
        assertThat(job(Optional.empty()).follow(forge(PullRequests.State.MERGED, PullRequests.State.MERGED)))
                .isZero();
    }
}
