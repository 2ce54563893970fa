package io.evenkeel.jenkins.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunViewTest {

    private static final String SUMMARY = """
        {"v":1, "testFolder":"shop/tests", "verdict":"failed", "sentence":"1 of 4 tests failed: 1 new.", "exitCode":1, "discovered":4,
         "counts":{"passed":2,"flaky":1,"failed":1,"skipped":0}, "wallMs":61000, "savedMs":52000, "missing":[],
         "executors":[{"spool":"k_s1","shard":1,"plannedMs":2000,"busyMs":3000,"wallMs":4000,"workers":2,"tests":3,"end":"failed"}],
         "tests":[
          {"id":"a","project":"desktop","file":"cart.spec.ts","line":3,"titles":["cart","[1]"],"verdict":"passed","attempts":1},
          {"id":"b","project":"desktop","file":"cart.spec.ts","line":9,"titles":["null"],"verdict":"flaky","attempts":2},
          {"id":"c","project":"","file":"pay.spec.ts","line":1,"titles":["pays"],"verdict":"failed","label":"known flaky","evidence":"failed 4 of 30","attempts":1,"error":"Error: a\\nb"},
          {"id":"d","project":"","file":"pay.spec.ts","line":5,"titles":["heals"],"verdict":"passed","healed":true,"attempts":1}],
         "heals":[{"id":"d","file":"pay.spec.ts","line":5,"originalSelector":"#a","healedSelector":"#b","confidence":0.934,"tier":"auto","success":true,
                   "verification":{"unpatched":"failed","patched":["passed","passed"],"users":2},"reason":"same role","patch":"--- a\\n+++ b\\n-x\\n+y\\n z"}]}
        """;

    @Nested
    class GivenSummary {

        private final RunView view = RunView.of(RunView.reduce(JSONObject.fromObject(SUMMARY)));

        @Test
        void whenReduced_thenPlainPassedTestsAreLeftOut() {
            assertThat(view.tests()).extracting(TestRow::id).containsExactly("b", "c", "d");
            assertThat(view.failed()).extracting(TestRow::mark).containsExactly("known-flaky");
            assertThat(view.flaky()).extracting(TestRow::name).containsExactly("null");
        }

        @Test
        void whenAForgeIsToShowATest_thenItsPathBeginsAtTheRootOfTheRepository() {
            assertThat(view.failed())
                    .extracting(view::inRepository)
                    .containsExactly(Optional.of("shop/tests/pay.spec.ts"));
        }

        @Test
        void whenNobodyKnowsWhereTheTestsLie_thenNoTestHasAPath() {
            RunView unknown = RunView.of(JSONObject.fromObject(SUMMARY.replace("\"testFolder\":\"shop/tests\",", "")));

            assertThat(unknown.failed()).extracting(unknown::inRepository).containsExactly(Optional.empty());
        }

        @Test
        void whenNoFailedTestHasALabel_thenThereIsNothingToShowOfLabels() {
            RunView unlabelled = RunView.of(JSONObject.fromObject(SUMMARY.replace("\"label\":\"known flaky\",", "")));

            assertThat(view.labelled()).isTrue();
            assertThat(unlabelled.failed()).hasSize(1);
            assertThat(unlabelled.labelled()).isFalse();
        }

        @Test
        void whenRead_thenTheNumbersAreThoseOfTheRun() {
            assertThat(view.outcome().getFailed()).isEqualTo(1);
            assertThat(view.outcome().getHeals()).isEqualTo(1);
            assertThat(view.outcome().getWall()).isEqualTo("1 min 1 s");
            assertThat(view.outcome().getSaved()).isEqualTo("52.0 s");
        }

        @Test
        void whenDrawn_thenTheLongestBarIsTheWholeWidth() {
            RunView.Bar bar = view.bars().get(0);

            assertThat(bar.wall()).isEqualTo(600);
            assertThat(bar.planned()).isEqualTo(300);
            assertThat(bar.busy()).isEqualTo(225);
        }

        @Test
        void whenAHealIsShown_thenItsDiffHasAddedAndRemovedLines() {
            HealRow heal = view.heals().get(0);

            assertThat(heal.percent()).isEqualTo("93 %");
            assertThat(heal.lines())
                    .extracting(HealRow.Line::kind)
                    .containsExactly("same", "same", "removed", "added", "same");
        }
    }

    @Nested
    class GivenEmptyObject {

        @Test
        void whenRead_thenTheRunIsIncompleteAndNothingFails() {
            RunView view = RunView.of(new JSONObject());

            assertThat(view.outcome().getVerdict()).isEqualTo("incomplete");
            assertThat(view.outcome().getExitCode()).isEqualTo(3);
            assertThat(view.bars()).isEmpty();
        }
    }

    @Nested
    class GivenSuiteNames {

        @Test
        void whenTwoDifferOnlyInSigns_thenTheirSlugsDiffer() {
            assertThat(SuiteName.of("a/b").slug())
                    .isNotEqualTo(SuiteName.of("a b").slug());
            assertThat(SuiteName.of("A b").slug()).isEqualTo("a-b");
            assertThat(SuiteName.of("日本").slug()).matches("suite-[0-9a-f]{8}");
            assertThat(SuiteName.of(" ").slug()).isEqualTo("playwright");
        }
    }
}
