package io.evenkeel.pipeline.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.RunEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reporter alone, as in a container that has Node and no Java. */
class ReporterWithoutJavaIT {

    @TempDir
    Path folder;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private RunCommand command;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/runs/build-7", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        command = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "retries", folder.resolve("project"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("PUT")) {
                opened.add(exchange.getRequestHeaders().getFirst("Authorization"));
            } else if (status == 200) {
                body.path("events").forEach(received::add);
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private int run(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "PW_TEST_REPORTER",
                Adapters.install(folder.resolve("adapters")).reporter().toString());
        environment.put("EVENKEEL_RUN", "build-7");
        environment.put("EVENKEEL_TOKEN", "secret");
        environment.put("EVENKEEL_DIR", folder.resolve("evenkeel").toString());
        environment.putAll(more);
        CommandProcess process =
                CommandProcess.writingTo(folder.resolve("output.txt"), command.withEnvironment(environment));
        return process.waitFor(Duration.ofMinutes(3)).orElseThrow();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private List<String> spool() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("evenkeel/spool"))) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }

    @Test
    void whenCoordinatorAnswers_thenItHasEveryEventOfTheSpool() throws Exception {
        assertThat(run(Map.of("EVENKEEL_URL", url()))).isZero();

        assertThat(opened).containsOnly("Bearer secret");
        List<JsonNode> written = new ArrayList<>();
        for (String line : spool()) {
            written.add(new ObjectMapper().readTree(line));
        }
        assertThat(received).isEqualTo(written);
        assertThat(folder.resolve("evenkeel/blob")).isNotEmptyDirectory();
    }

    @Test
    void whenCoordinatorRefuses_thenTheTestsDecideAndTheSpoolIsWhole() throws Exception {
        status = 500;

        assertThat(run(Map.of("EVENKEEL_URL", url()))).isZero();

        assertThat(spool()).hasSize(1 + 6 + 2 * 12 + 1);
        assertThat(folder.resolve("output.txt")).content().contains("evenkeel: the coordinator did not take 32 events");
    }

    @Test
    void whenSpoolCannotBeWritten_thenOneLineSaysSoAndTheTestsGoOn() throws Exception {
        Files.writeString(folder.resolve("evenkeel"), "a file where the folder should be");

        assertThat(run(Map.of())).isZero();

        assertThat(folder.resolve("output.txt")).content().containsOnlyOnce("evenkeel: switched off, the tests go on");
    }

    @Test
    void whenThereIsAPlan_thenOnlyTheShardRuns() throws Exception {
        Suite suite = new Discovery(folder.resolve("listing"), System.getenv())
                .discover(command)
                .match(found -> found.suite(), failed -> {
                    throw new AssertionError(failed.message());
                });
        List<String> serial = suite.tests().stream()
                .filter(test -> test.place().titles().contains("serial"))
                .map(SuiteTest::id)
                .toList();
        Path plan = folder.resolve("plan.json");
        Files.writeString(
                plan,
                "{\"shards\":[{\"index\":1,\"tests\":[]},{\"index\":2,\"tests\":[\"" + String.join("\",\"", serial)
                        + "\"]}]}");

        assertThat(run(Map.of("EVENKEEL_PLAN", plan.toString(), "EVENKEEL_SHARD", "2/2")))
                .isZero();

        List<String> ids = new ArrayList<>();
        for (String line : spool()) {
            EventJson.read(line).event().accept(RunEvent.onAttemptEnd(end -> ids.add(end.id())));
        }
        assertThat(ids).containsOnlyElementsOf(serial);
    }
}
