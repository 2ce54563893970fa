package io.evenkeel.pipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunAnswersTest {

    @Test
    void whenARunHasEnded_thenItsVerdictAndLabelsAreRead() {
        assertThat(RunAnswers.finished(Json.object("""
                {"verdict":"failed","labels":{"t1":{"label":"known flaky","evidence":"3 of 40 runs"},"t2":{}}}""")))
                .contains(new RunFinished(
                        "failed",
                        Map.of(
                                "t1", new RunFinished.Label("known flaky", "3 of 40 runs"),
                                "t2", new RunFinished.Label("", ""))));
        assertThat(RunAnswers.finished(Json.object("{\"labels\":{}}"))).isEmpty();
    }

    @Test
    void whenResultsAreRead_thenSetUpsAndTestsThatAreExpectedAreLeftOut() {
        assertThat(RunAnswers.results(Json.object("""
                {"files":[{"file":"cart.spec.ts","tests":[
                   {"id":"t1","project":"desktop","line":12,"titles":["cart","adds"],"verdict":"flaky","attempts":2,"durationMs":810,"error":"gone"},
                   {"id":"t2","verdict":"pending"},
                   {"id":"t3"},
                   {"id":"s1","verdict":"passed","setUp":true}]}]}""")))
                .containsExactly(new KnownResult(
                        "t1",
                        "desktop",
                        new KnownResult.Place("cart.spec.ts", 12),
                        List.of("cart", "adds"),
                        new KnownResult.Result("flaky", 2, Duration.ofMillis(810), "gone")));
    }

    @Test
    void whenARunIsLookedFor_thenCisNameAndTheCoordinatorsNumberFindIt() {
        var page = Json.object("""
                {"runs":[{"runId":"7","runKey":"gitlab-41"},{"runId":"8","runKey":"gitlab-42"}]}""");

        assertThat(RunAnswers.idOf("gitlab-42", page)).contains("8");
        assertThat(RunAnswers.idOf("7", page)).contains("7");
        assertThat(RunAnswers.idOf("gitlab-4", page)).isEmpty();
    }
}
