package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** A suite of 96 tests over several runs: what each failure is called. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class LabelsTest {

    private static final List<Test> STEADY = IntStream.range(0, 95)
            .mapToObj(i -> Test.of("part" + i % 12 + ".spec.ts", "step " + i))
            .toList();
    private static final Test FLAKY = Test.of("recent.spec.ts", "shows what was seen");
    private static final String FLAKE = "Error: expect(locator).toHaveText(expected) failed\n\n"
            + "Locator:  getByTestId('recent')\nExpected: \"Earl Grey\"\nReceived: \"\"";

    @TempDir
    private Path folder;

    private Coordinator coordinator;
    private Ci ci;

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder));
        ci = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    /** Plays one run of the stable branch; the flaky test fails first and passes on retry. */
    private JsonNode run(String key, String commit, Map<Test, String> failures) {
        ci.opened(key, "\"branch\":\"main\",\"commit\":\"" + commit + "\",\"discovered\":96");
        SpoolScript script = new SpoolScript(1_790_000_000_000L).begin(1);
        List<Test> all = new ArrayList<>(STEADY);
        all.add(FLAKY);
        for (Test test : all) {
            script.announce(test, 3);
            String message = test == FLAKY ? FLAKE : failures.getOrDefault(test, "");
            if (message.isEmpty()) {
                script.end(test, 0, "passed", 80);
            } else if (test == FLAKY) {
                script.fail(test, 0, message, "").end(test, 1, "passed", 90);
            } else {
                script.fail(test, 0, message, "").fail(test, 1, message, "");
            }
        }
        ci.events(key, "s1", script.stop("failed").lines());
        return ci.finish(key, 96, 96, 1).json().path("labels");
    }

    private static Map<Test, String> failing(int count, String... messages) {
        Map<Test, String> failing = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
        for (int i = 0; i < count; i++) {
            failing.put(STEADY.get(6 * i % 95), messages[i % messages.length].replace("$", String.valueOf((char)
                    ('a' + i))));
        }
        return failing;
    }

    private static Map<Test, String> redesign() {
        return failing(
                15,
                "TimeoutError: locator.click: Timeout 3000ms exceeded.\nCall log:\n  - waiting for locator('.$-button')\n",
                "Error: expect(locator).toBeVisible() failed\n\nLocator: getByTestId('$')\nTimeout: 4000ms\nError: element(s) not found",
                "TimeoutError: locator.fill: Timeout 3000ms exceeded.\nCall log:\n  - waiting for getByLabel('Your $')\n");
    }

    private static List<String> labels(JsonNode labels, Map<Test, String> failing) {
        return failing.keySet().stream()
                .map(test -> labels.path(test.id()).path("label").asText())
                .distinct()
                .toList();
    }

    @Nested
    class GivenARedesignAfterOneGoodRun {

        @org.junit.jupiter.api.Test
        void whenItBreaksFifteenTests_thenTheyAreNewAndTheFlakyOneIsKnown() {
            JsonNode first = run("build-1", "c1", Map.of());

            JsonNode labels = run("build-2", "c2", redesign());

            assertThat(first.path(FLAKY.id()).path("label").asText()).isEqualTo("new");
            assertThat(labels(labels, redesign())).containsExactly("new");
            assertThat(labels.path(FLAKY.id()).path("label").asText()).isEqualTo("known flaky");
            assertThat(labels.size()).isEqualTo(16);
            assertThat(redesign().keySet())
                    .allSatisfy(test -> assertThat(
                                    labels.path(test.id()).path("evidence").asText())
                            .matches(
                                    "All 2 attempts failed, as 14 other tests did on this commit; it passed its last 1 run, "
                                            + "broken with [89]\\d %\\."));
        }

        @org.junit.jupiter.api.Test
        void whenItRunsOnceMore_thenTheyAreRedOnMain() {
            run("build-1", "c1", Map.of());
            run("build-2", "c2", redesign());

            JsonNode labels = run("build-3", "c3", redesign());

            assertThat(labels(labels, redesign())).containsExactly("red on main");
        }
    }

    @Nested
    class GivenAnOutage {

        private final Map<Test, String> outage = failing(
                40,
                "Error: page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:4100/$",
                "Error: apiRequestContext.get: connect ECONNREFUSED 127.0.0.1:4100",
                "Error: page.click: Target page, context or browser has been closed");

        @org.junit.jupiter.api.Test
        void whenManyTestsFail_thenAllAreInfrastructureAndNothingIsLearned() {
            run("build-1", "c1", Map.of());

            JsonNode labels = run("build-2", "c2", outage);
            JsonNode after = run("build-3", "c3", redesign());

            assertThat(labels(labels, outage)).containsExactly("infrastructure");
            assertThat(labels.path(FLAKY.id()).path("label").asText()).isEqualTo("infrastructure");
            assertThat(labels(after, redesign())).containsExactly("new");
        }
    }
}
