package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The example shop against examples/shop/truth.json, which nothing but tests reads. */
class ShopIT {

    @TempDir
    Path temp;

    private RunCommand shop;

    @BeforeEach
    void copyTheShop() throws Exception {
        shop = PlaywrightFixture.shop(temp.resolve("shop"));
    }

    private JsonNode truth() throws IOException {
        return Reports.read(PlaywrightFixture.shopSources().resolve("truth.json"));
    }

    private void redesign() throws IOException {
        Files.writeString(shop.folder().resolve("site/RELEASE"), "2\n");
    }

    private void commit(String message) throws Exception {
        Files.writeString(
                shop.folder().resolve(".gitignore"), "node_modules\ntest-results/\nplaywright-report/\n.evenkeel/\n");
        try (Git git = Git.init().setDirectory(shop.folder().toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage(message)
                    .setAuthor("a", "a@localhost")
                    .setCommitter("a", "a@localhost")
                    .setSign(false)
                    .call();
        }
    }

    private JsonNode summary() throws IOException {
        return Reports.read(shop.folder().resolve(".evenkeel/summary.json"));
    }

    private static String name(JsonNode test) {
        List<String> titles = new ArrayList<>();
        test.path("titles").forEach(title -> titles.add(title.asText()));
        return "[" + test.path("project").asText() + "] " + test.path("file").asText() + " › "
                + String.join(" › ", titles);
    }

    /** Two runs of the stable branch on two executors: release 1, then the redesign. */
    @Test
    void whenTheRedesignRuns_thenWhatTheTruthSaysFailsAsNewAndTheFlakyTestIsKnown() throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            run(coordinator, "1");
            Set<String> flaky = named("flaky").keySet();
            redesign();

            Command local = run(coordinator, "2");

            assertThat(local.exitCode()).as(local.err()).isEqualTo(1);
            assertThat(summary().path("complete").asBoolean()).isTrue();
            assertThat(summary().path("executed").asInt())
                    .isEqualTo(summary().path("discovered").asInt());
            Map<String, String> failed = named("failed");
            assertThat(failed.values()).as(local.err()).containsExactlyInAnyOrderElementsOf(expected());
            assertThat(named("flaky").keySet()).hasSize(1).isEqualTo(flaky);
            Map<String, String> labels = labels();
            assertThat(labels.remove(flaky.iterator().next())).as(local.err()).isEqualTo("known flaky");
            assertThat(labels.keySet()).isEqualTo(failed.keySet());
            assertThat(labels.values()).containsOnly("new");
            String broken = failed.keySet().iterator().next();
            Command add = Command.evenkeel(
                    shop, coordinator.environment(), "quarantine", "add", broken, "--owner", "team-shop");
            Command advise = Command.evenkeel(shop, coordinator.environment(), "quarantine", "advise");
            assertThat(add.exitCode()).as(add.err()).isEqualTo(3);
            assertThat(advise.out() + advise.err()).doesNotContain(broken);
            assertThat(coordinator.get("/api/v1/quarantine").path("tests")).isEmpty();
        }
    }

    private Command run(RealCoordinator coordinator, String pipeline) throws Exception {
        Map<String, String> job = new HashMap<>(coordinator.environment());
        job.putAll(Map.of(
                "GITLAB_CI",
                "true",
                "CI_PIPELINE_ID",
                pipeline,
                "CI_COMMIT_REF_NAME",
                "main",
                "CI_COMMIT_SHA",
                "c0ffee" + pipeline));
        return Command.evenkeel(shop, job, "local", "--executors", "2", "--no-report");
    }

    /** Names by id of the tests of the last run with this verdict. */
    private Map<String, String> named(String verdict) throws IOException {
        Map<String, String> named = new TreeMap<>();
        for (JsonNode test : summary().path("tests")) {
            if (test.path("verdict").asText().equals(verdict)) {
                named.put(test.path("id").asText(), name(test));
            }
        }
        return named;
    }

    /** Names of the tests that the truth file says are red on release 2. */
    private Set<String> expected() throws IOException {
        Set<String> expected = new TreeSet<>();
        truth().forEach(entry -> expected.add(
                "[" + entry.path("project").asText() + "] " + entry.path("test").asText()));
        return expected;
    }

    /** Labels of the last run by test id. */
    private Map<String, String> labels() throws IOException {
        Map<String, String> labels = new TreeMap<>();
        for (JsonNode test : summary().path("tests")) {
            if (test.hasNonNull("label")) {
                labels.put(test.path("id").asText(), test.path("label").asText());
            }
        }
        return labels;
    }

    /** Two whole runs of the shop and about twenty re-runs: longer than the everyday check has. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = "true")
    void whenTheRedesignIsHealed_thenWhatTheTruthSaysIsRepairedAndNothingGoneIs() throws Exception {
        commit("release 1");
        Command.longEvenkeel(
                shop,
                Map.of(),
                "local",
                "--executors",
                "2",
                "--no-report",
                "--",
                "npx",
                "playwright",
                "test",
                "--trace=on");
        assertThat(Command.evenkeel(shop, Map.of(), "learn").exitCode()).isZero();
        redesign();
        commit("release 2");
        Command.longEvenkeel(shop, Map.of(), "local", "--executors", "2", "--no-report");

        Command heal = Command.longEvenkeel(shop, Map.of(), "heal");

        Set<String> proposed = new TreeSet<>();
        Set<String> controls = new TreeSet<>();
        for (JsonNode result : Reports.read(shop.folder().resolve(".evenkeel/heal/heals.json"))) {
            if (result.path("tier").asText().equals("auto")) {
                result.path("tests").forEach(test -> proposed.add(test.asText()));
                result.path("verification").path("checks").forEach(check -> {
                    if (check.path("name").asText().equals("negative control")) {
                        controls.add(check.path("finding").asText());
                    }
                });
            }
        }
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (JsonNode entry : truth()) {
            String test = entry.path("test").asText();
            boolean repaired = proposed.stream().anyMatch(title -> title.contains(test));
            if (entry.path("expect").asText().equals("repair") && !repaired) {
                missed.add(entry.path("cause").asText() + ": " + test);
            } else if (entry.path("expect").asText().equals("refuse") && repaired) {
                wrong.add(entry.path("cause").asText() + ": " + test);
            }
        }
        assertThat(wrong).as(heal.err()).isEmpty();
        assertThat(missed).as(heal.err()).isEmpty();
        assertThat(controls).as(heal.err()).containsExactly("holds");
    }
}
