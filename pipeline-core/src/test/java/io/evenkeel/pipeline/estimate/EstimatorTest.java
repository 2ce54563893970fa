package io.evenkeel.pipeline.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.estimate.Estimate.Source;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EstimatorTest {

    private static KnownTest test(String id, String project, String file, String... titles) {
        return new KnownTest(id, project, file, List.of(titles));
    }

    private static TestTiming timing(KnownTest test, long... millis) {
        return new TestTiming(
                test, Arrays.stream(millis).mapToObj(Duration::ofMillis).toList());
    }

    private static Timings timings(TestTiming... tests) {
        Map<String, TestTiming> byId = new HashMap<>();
        for (TestTiming timing : tests) {
            byId.put(timing.test().id(), timing);
        }
        return new Timings("playwright.config.ts", FixedCost.NONE, byId);
    }

    private static Estimate estimate(KnownTest test, Timings timings) {
        return Estimator.estimate(List.of(test), timings).of(test.id());
    }

    private static Estimate of(long millis, Source source) {
        return new Estimate(Duration.ofMillis(millis), source);
    }

    @Nested
    class GivenHistory {

        @Test
        void whenDurationsChange_thenTheNewestCountsHalf() {
            KnownTest test = test("a", "", "a.spec.ts", "adds");

            assertThat(estimate(test, timings(timing(test, 100, 200, 400)))).isEqualTo(of(275, Source.HISTORY));
        }

        @Test
        void whenOneValueInTheMiddleIsAFreak_thenItIsLimited() {
            KnownTest test = test("a", "", "a.spec.ts", "adds");

            assertThat(estimate(test, timings(timing(test, 100, 90_000, 100))).duration())
                    .isEqualTo(Duration.ofMillis(200));
        }

        @Test
        void whenAllValuesAreZero_thenItCountsAsNoHistory() {
            KnownTest skipped = test("a", "", "a.spec.ts", "skipped so far");
            KnownTest other = test("b", "", "a.spec.ts", "adds");

            assertThat(estimate(skipped, timings(timing(skipped, 0, 0), timing(other, 700))))
                    .isEqualTo(of(700, Source.FILE));
        }

        @Test
        void whenValuesAreNegativeOrAbsurd_thenTheyAreIgnored() {
            KnownTest test = test("a", "", "a.spec.ts", "adds");

            assertThat(estimate(
                            test,
                            timings(timing(test, 500, -3, Duration.ofDays(400).toMillis()))))
                    .isEqualTo(of(500, Source.HISTORY));
        }

        @Test
        void whenTheHistoryIsOfAnotherSuite_thenItIsNotUsed() {
            KnownTest test = test("a", "", "a.spec.ts", "adds");
            Timings other = timings(timing(test, 500)).of("packages/admin/playwright.config.ts");

            assertThat(estimate(test, other)).isEqualTo(new Estimate(Estimator.DEFAULT, Source.DEFAULT));
        }
    }

    @Nested
    class GivenANewTest {

        private final Timings timings = timings(
                timing(test("a", "", "shop/cart.spec.ts", "adds"), 100),
                timing(test("b", "", "shop/pay/card.spec.ts", "pays"), 300),
                timing(test("c", "", "admin/users.spec.ts", "lists"), 800));

        private Source source(KnownTest test) {
            List<KnownTest> all = List.of(
                    test("a", "", "shop/cart.spec.ts", "adds"),
                    test("b", "", "shop/pay/card.spec.ts", "pays"),
                    test("c", "", "admin/users.spec.ts", "lists"),
                    test);
            return Estimator.estimate(all, timings).of(test.id()).source();
        }

        @Test
        void whenItsFileHasHistory_thenTheMeanOfTheFileCounts() {
            assertThat(source(test("n", "", "shop/cart.spec.ts", "removes"))).isEqualTo(Source.FILE);
        }

        @Test
        void whenAFolderAboveHasHistory_thenTheNearestCounts() {
            KnownTest added = test("n", "", "shop/search/find.spec.ts", "finds");

            assertThat(source(added)).isEqualTo(Source.DIRECTORY);
            assertThat(estimate(added, timings).duration()).isEqualTo(Duration.ofMillis(200));
        }

        @Test
        void whenNothingIsNear_thenTheMeanOfTheSuiteCounts() {
            KnownTest added = test("n", "", "help/faq.spec.ts", "answers");

            assertThat(source(added)).isEqualTo(Source.SUITE);
            assertThat(estimate(added, timings).duration()).isEqualTo(Duration.ofMillis(400));
        }

        @Test
        void whenThereIsNoHistoryAtAll_thenAllWeighTheSame() {
            assertThat(estimate(test("n", "", "a.spec.ts", "adds"), Timings.none("playwright.config.ts")))
                    .isEqualTo(new Estimate(Estimator.DEFAULT, Source.DEFAULT));
        }

        @Test
        void whenItsProjectHasHistoryInTheFile_thenOtherProjectsDoNotCount() {
            Timings projects = timings(
                    timing(test("a", "desktop", "a.spec.ts", "adds"), 100),
                    timing(test("b", "mobile", "a.spec.ts", "adds"), 900));
            List<KnownTest> all = List.of(
                    test("a", "desktop", "a.spec.ts", "adds"),
                    test("b", "mobile", "a.spec.ts", "adds"),
                    test("n", "mobile", "a.spec.ts", "removes"));

            assertThat(Estimator.estimate(all, projects).of("n")).isEqualTo(of(900, Source.FILE));
        }
    }

    @Nested
    class GivenARename {

        private final KnownTest old = test("old", "desktop", "shop/cart.spec.ts", "cart", "adds an article twice");
        private final Timings timings = timings(timing(old, 4_000));

        @Test
        void whenTheFileMoved_thenTheTestKeepsItsHistory() {
            assertThat(estimate(test("n", "desktop", "basket/cart.spec.ts", "cart", "adds an article twice"), timings))
                    .isEqualTo(of(4_000, Source.RENAMED));
        }

        @Test
        void whenTheTitleChangedALittle_thenTheTestKeepsItsHistory() {
            assertThat(estimate(test("n", "desktop", "shop/cart.spec.ts", "cart", "adds one article twice"), timings)
                            .source())
                    .isEqualTo(Source.RENAMED);
        }

        @Test
        void whenTheProjectChanged_thenTheTestKeepsItsHistory() {
            assertThat(estimate(test("n", "chrome", "shop/cart.spec.ts", "cart", "adds an article twice"), timings)
                            .source())
                    .isEqualTo(Source.RENAMED);
        }

        @Test
        void whenTheTitleIsQuiteDifferent_thenItIsANewTest() {
            assertThat(estimate(test("n", "desktop", "shop/cart.spec.ts", "pays by card"), timings)
                            .source())
                    .isEqualTo(Source.FILE);
        }

        @Test
        void whenTheOldTestIsStillThere_thenItsHistoryIsNotInherited() {
            KnownTest copy = test("n", "desktop", "basket/cart.spec.ts", "cart", "adds an article twice");

            assertThat(Estimator.estimate(List.of(old, copy), timings).of("n").source())
                    .isEqualTo(Source.SUITE);
        }

        @Test
        void whenTwoTestsCouldBeIt_thenOnlyOneInherits() {
            List<KnownTest> both = List.of(
                    test("n1", "desktop", "a/cart.spec.ts", "cart", "adds an article twice"),
                    test("n2", "desktop", "b/cart.spec.ts", "cart", "adds an article twice"));

            assertThat(Estimator.estimate(both, timings).sources())
                    .containsEntry(Source.RENAMED, 1)
                    .containsEntry(Source.SUITE, 1);
        }
    }

    @Nested
    class GivenAVeryLargeFileOfNewNames {

        @Test
        void whenEstimated_thenEveryTestHasAnEstimate() {
            TestTiming[] old = IntStream.range(0, 5_000)
                    .mapToObj(at -> timing(test("old-" + at, "", "a.spec.ts", "row " + at + " is shown"), 10))
                    .toArray(TestTiming[]::new);
            List<KnownTest> added = IntStream.range(0, 5_000)
                    .mapToObj(at -> test("new-" + at, "", "a.spec.ts", "line " + at + " is shown"))
                    .toList();

            assertThat(Estimator.estimate(added, timings(old)).byId()).hasSize(5_000);
        }
    }
}
