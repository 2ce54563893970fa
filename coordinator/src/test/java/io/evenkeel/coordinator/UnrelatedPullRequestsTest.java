package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The same failure on several pull requests: when it is evidence (E5) and when it is not. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class UnrelatedPullRequestsTest {

    private static final Test PAYS = Test.of("pay.spec.ts", "pays");
    private static final Test STEADY = Test.of("steady.spec.ts", "adds up");
    private static final String MISSING =
            "TimeoutError: locator.click: Timeout 3000ms exceeded.\nCall log:\n  - waiting for getByTestId('pay')\n";
    private static final String REFUSED = "Error: page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:4100/";
    private static final String UNRELATED = "unrelated pull request";

    @TempDir
    private Path folder;

    private Coordinator coordinator;
    private Ci ci;
    private int runs;

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder));
        ci = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
        main();
        main();
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private void main() {
        run("\"branch\":\"main\",\"commit\":\"m" + runs + "\"", "");
    }

    private String pull(int number, String commit, String message) {
        String source = "\"branch\":\"topic-" + number + "\",\"pullRequest\":\"" + number + "\",\"commit\":\"" + commit;
        return run(source + "\"", message).path("evidence").asText();
    }

    /** Plays one run; returns what is said of the test that pays. */
    private JsonNode run(String source, String message) {
        String key = "build-" + ++runs;
        ci.opened(key, source + ",\"discovered\":2");
        SpoolScript script = new SpoolScript(1_790_000_000_000L + 60_000L * runs).begin(1);
        script.announce(STEADY, 1).end(STEADY, 0, "passed", 80).announce(PAYS, 2);
        if (message.isEmpty()) {
            script.end(PAYS, 0, "passed", 80);
        } else {
            script.fail(PAYS, 0, message, "").fail(PAYS, 1, message, "");
        }
        ci.events(key, "s1", script.stop("failed").lines());
        return ci.finish(key, 2, 2, 1).json().path("labels").path(PAYS.id());
    }

    @Nested
    class GivenAFailureOnOnePullRequest {

        @BeforeEach
        void fail() {
            assertThat(pull(7, "a1", MISSING)).doesNotContain(UNRELATED);
        }

        @org.junit.jupiter.api.Test
        void whenAnotherShowsItAfterTheStableBranchPassed_thenTheSentenceSaysSo() {
            main();

            assertThat(pull(8, "b1", MISSING))
                    .startsWith("All 2 attempts failed, in the same way as on 1 unrelated pull request while the stable"
                            + " branch passed");
            main();
            assertThat(pull(9, "c1", MISSING)).contains("on 2 unrelated pull requests");
        }

        @org.junit.jupiter.api.Test
        void whenTheStableBranchDidNotRunInBetween_thenItMayBeRedThere() {
            assertThat(pull(8, "b1", MISSING)).doesNotContain(UNRELATED);
        }

        @org.junit.jupiter.api.Test
        void whenTheSamePullRequestOrCommitShowsItAgain_thenItIsTheSameChange() {
            main();

            assertThat(pull(7, "a2", MISSING)).doesNotContain(UNRELATED);
            assertThat(pull(8, "a1", MISSING)).doesNotContain(UNRELATED);
        }

        @org.junit.jupiter.api.Test
        void whenAnotherFailsInAnotherWay_thenItIsAnotherFailure() {
            main();

            assertThat(pull(8, "b1", MISSING.replace("'pay'", "'total'"))).doesNotContain(UNRELATED);
        }

        @org.junit.jupiter.api.Test
        void whenItComesOnTheStableBranch_thenThatIsNoPullRequest() {
            main();

            JsonNode label = run("\"branch\":\"main\",\"commit\":\"bad\"", MISSING);

            assertThat(label.path("evidence").asText()).doesNotContain(UNRELATED);
        }
    }

    @Nested
    class GivenAFailureThatSaysNothingOfTheTest {

        @org.junit.jupiter.api.Test
        void whenManyPullRequestsShowIt_thenItIsNotCompared() {
            pull(7, "a1", REFUSED);
            main();

            assertThat(pull(8, "b1", REFUSED)).doesNotContain(UNRELATED);
        }
    }

    @Nested
    class GivenATestThatFlakes {

        @org.junit.jupiter.api.Test
        void whenItsEvidenceIsRead_thenTheRecurrenceIsInIt() {
            for (int i = 0; i < 4; i++) {
                flake();
                main();
            }
            pull(7, "a1", MISSING);
            main();
            pull(8, "b1", MISSING);

            JsonNode evidence = ci.get("/api/v1/analytics/flaky-tests")
                    .json()
                    .path("tests")
                    .get(0)
                    .path("evidence");

            assertThat(evidence.findValuesAsText("level")).containsExactly("E1", "E5", "A1");
            assertThat(evidence.get(1).path("meaning").asText())
                    .isEqualTo("the same failure came on unrelated pull requests");
        }

        private void flake() {
            String key = "build-" + ++runs;
            ci.opened(key, "\"branch\":\"main\",\"commit\":\"f" + runs + "\",\"discovered\":1");
            SpoolScript script = new SpoolScript(1_790_000_000_000L + 60_000L * runs).begin(1);
            script.announce(PAYS, 2).fail(PAYS, 0, MISSING, "").end(PAYS, 1, "passed", 90);
            ci.events(key, "s1", script.stop("passed").lines());
            ci.finish(key, 1, 1, 0);
        }
    }
}
