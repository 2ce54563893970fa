package io.evenkeel.pipeline.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.discover.DiscoveryOutcome.Failed;
import io.evenkeel.pipeline.discover.DiscoveryOutcome.Found;
import io.evenkeel.pipeline.discover.DiscoveryOutcome.Problem;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledPortsTest {

    @TempDir
    Path folder;

    private final AtomicInteger listings = new AtomicInteger();
    private RunCommand command = new RunCommand(List.of("npx", "playwright", "test"), Path.of("."), Map.of());

    @BeforeEach
    void layOut() {
        command = new RunCommand(List.of("npx", "playwright", "test"), folder, Map.of());
    }

    private static Found suite(int... ports) {
        return new Found(new Suite(
                new SuiteConfig("1.65.1", "playwright.config.ts", "/tests", 1, List.of()),
                List.of(),
                List.of(),
                List.of(),
                java.util.Arrays.stream(ports)
                        .mapToObj(port -> new WebServer("node server.mjs", port))
                        .toList()));
    }

    private List<Integer> ports(Function<Integer, DiscoveryOutcome> listing) {
        return new SettledPorts(asked -> listing.apply(listings.incrementAndGet()))
                .discover(command)
                .match(
                        found -> found.suite().webServers().stream()
                                .map(WebServer::port)
                                .toList(),
                        failed -> {
                            throw new AssertionError(failed.message());
                        });
    }

    @Nested
    class GivenAConfigurationWithoutAWebServer {

        @Test
        void whenNoPortIsListed_thenItIsListedOnce() throws IOException {
            Files.writeString(folder.resolve("playwright.config.ts"), "export default {}");

            assertThat(ports(n -> suite())).isEmpty();
            assertThat(listings).hasValue(1);
        }

        @Test
        void whenAPortIsListedAllTheSame_thenItIsListedAgain() throws IOException {
            Files.writeString(folder.resolve("playwright.config.ts"), "export { default } from './base'");

            assertThat(ports(n -> suite(8000 + n, 4000))).containsExactly(0, 4000);
            assertThat(listings).hasValue(2);
        }
    }

    @Nested
    class GivenAConfigurationWithAWebServer {

        @BeforeEach
        void layOut() throws IOException {
            Files.writeString(folder.resolve("playwright.config.ts"), "export default { webServer: {} }");
        }

        @Test
        void whenItIsListed_thenBothListingsRunAtOnce() {
            CyclicBarrier both = new CyclicBarrier(2);

            assertThat(ports(n -> {
                        try {
                            both.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                            throw new IllegalStateException("The listings do not run at the same time.", e);
                        }
                        return suite(4000);
                    }))
                    .containsExactly(4000);
        }

        @Test
        void whenTheSecondListingFails_thenThePortCountsAsFixed() {
            assertThat(ports(n -> Thread.currentThread().getName().equals("evenkeel-list")
                            ? new Failed(Problem.NO_ANSWER, "no answer")
                            : suite(4000)))
                    .containsExactly(4000);
        }

        @Test
        void whenTheFirstListingFails_thenItsReasonIsTold() {
            DiscoveryOutcome outcome =
                    new SettledPorts(asked -> new Failed(Problem.NO_TESTS, "no tests")).discover(command);

            assertThat(outcome).isEqualTo(new Failed(Problem.NO_TESTS, "no tests"));
        }
    }
}
