package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.coordinator.SpoolScript.Test;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class ProgressTest {

    private static final Test CART = Test.of("cart.spec.ts", "adds");

    @TempDir
    private Path folder;

    private Coordinator coordinator;
    private Ci ci;
    private String token;

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder));
        token = coordinator.projects().add("shop", "Shop").token().reveal();
        ci = new Ci(coordinator.url(), token);
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Nested
    class GivenAReader {

        @org.junit.jupiter.api.Test
        void whenTheRunGoesOn_thenItGetsEachChangeAndTheEnd() throws Exception {
            long run = ci.opened("b", "\"discovered\":1");
            SpoolScript script = new SpoolScript(1_790_000_000_000L).begin(1).announce(CART, 1);
            try (Stream stream = new Stream(run, "")) {
                assertThat(stream.next())
                        .contains("event: progress")
                        .anyMatch(line -> line.contains("0 of 1 test done"));
                ci.events("b", "s", script.start(CART, 0).take());
                assertThat(stream.next()).anyMatch(line -> line.contains("\"running\":true"));
                ci.events(
                        "b",
                        "s",
                        script.end(CART, 0, "passed", 10).stop("passed").take());
                ci.finish("b", 1, 1, 0);
                List<String> last = stream.next();
                while (!last.contains("event: finished")) {
                    last = stream.next();
                }
                assertThat(last).anyMatch(line -> line.contains("The only test passed."));
            }
        }

        @org.junit.jupiter.api.Test
        void whenItComesBackAfterARestart_thenItGetsWhatItHasMissed() throws Exception {
            long run = ci.opened("b", "\"discovered\":1");
            SpoolScript script = new SpoolScript(1_790_000_000_000L).begin(1).announce(CART, 1);
            ci.events("b", "s", script.start(CART, 0).take());
            String id;
            try (Stream stream = new Stream(run, "")) {
                id = stream.next().stream()
                        .filter(line -> line.startsWith("id: "))
                        .findFirst()
                        .orElseThrow()
                        .substring(4);
            }
            coordinator.close();
            coordinator = Coordinator.start(Settings.local(folder));
            ci = new Ci(coordinator.url(), token);
            ci.events("b", "s", script.end(CART, 0, "passed", 10).take());

            try (Stream stream = new Stream(run, id)) {
                assertThat(stream.next())
                        .anyMatch(line -> line.contains("\"id\":\"" + CART.id() + "\"")
                                && line.contains("\"verdict\":\"passed\""));
            }
        }
    }

    /** Reads events as a browser does. */
    private final class Stream implements AutoCloseable {

        private final InputStream body;
        private final BufferedReader reader;

        private Stream(long run, String lastId) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    ci.request("/api/v1/orchestrate/" + run + "/progress").header("Accept", "text/event-stream");
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            HttpResponse<InputStream> response =
                    ci.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            body = response.body();
            reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        /** Returns the lines of the next event. */
        List<String> next() throws IOException {
            List<String> lines = new ArrayList<>();
            String line;
            while ((line = reader.readLine()) != null) {
                if (line.isEmpty() && lines.stream().anyMatch(l -> l.startsWith("data: "))) {
                    return lines;
                }
                if (!line.isEmpty() && !line.startsWith(":")) {
                    lines.add(line);
                }
            }
            throw new IOException("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
