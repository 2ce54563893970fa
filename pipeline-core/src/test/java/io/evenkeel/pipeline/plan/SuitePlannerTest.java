package io.evenkeel.pipeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteConfig;
import io.evenkeel.pipeline.discover.SuiteProject;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.estimate.Estimate.Source;
import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.protocol.RunEvent.ProjectInfo;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.WorkItem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SuitePlannerTest {

    private static SuiteTest test(String id, String project, String group) {
        return new SuiteTest(id, project, new TestPlace("a.spec.ts", List.of(id), 1, 1, "default"), List.of(), group);
    }

    private static SuiteProject project(String name, String... dependencies) {
        return new SuiteProject(new ProjectInfo(name, "", 0, List.of(dependencies), "test"), "/out");
    }

    private static Suite suite(List<SuiteProject> projects, SuiteTest... tests) {
        return new Suite(
                new SuiteConfig("1.65.1", "playwright.config.ts", "/shop", 1, List.of()),
                projects,
                List.of(tests),
                List.of(test("auth", "setup", "auth")),
                List.of());
    }

    private static Timings timings(Map<String, Integer> millis) {
        return new Timings(
                "playwright.config.ts",
                new FixedCost(Duration.ofMillis(100), Duration.ZERO),
                millis.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                e -> new TestTiming(
                                        new KnownTest(e.getKey(), "", "a.spec.ts", List.of(e.getKey())),
                                        List.of(Duration.ofMillis(e.getValue()))))));
    }

    @Nested
    class GivenHistory {

        @Test
        void whenTestsShareAGroup_thenTheyStayTogetherAndPayTheUnitOnce() {
            Suite suite = suite(List.of(project("")), test("a", "", "g1"), test("b", "", "g1"), test("c", "", "g2"));

            SuitePlan plan = SuitePlanner.plan(suite, timings(Map.of("a", 1000, "b", 2000, "c", 2500)), Machines.of(2));

            assertThat(plan.shards().shards())
                    .extracting(shard -> shard.tests())
                    .containsExactlyInAnyOrder(List.of("a", "b"), List.of("c"));
            assertThat(plan.shards().makespan()).isEqualTo(Duration.ofMillis(3100));
            assertThat(plan.shards().ratio()).isCloseTo(1.0, within(0.001));
            assertThat(plan.fromHistory()).isTrue();
        }

        @Test
        void whenTheTimingsAreOfAnotherSuite_thenTheyCountAsNone() {
            Timings other = new Timings(
                    "other.config.ts",
                    FixedCost.NONE,
                    timings(Map.of("a", 9000)).tests());

            SuitePlan plan = SuitePlanner.plan(suite(List.of(project("")), test("a", "", "g")), other, Machines.of(1));

            assertThat(plan.sources()).containsExactly(Map.entry(Source.DEFAULT, 1));
            assertThat(plan.fromHistory()).isFalse();
        }
    }

    @Nested
    class GivenSetUpProjects {

        @Test
        void whenOnlySomeProjectsNeedTheSetUp_thenTheyFormAFamily() {
            Suite suite = suite(
                    List.of(project("setup"), project("desktop", "setup"), project("open")),
                    test("a", "desktop", "g1"),
                    test("b", "open", "g2"));

            List<WorkItem> items = SuitePlanner.plan(suite, timings(Map.of("auth", 4000)), Machines.of(1))
                    .shards()
                    .shards()
                    .get(0)
                    .items();

            assertThat(items).filteredOn(item -> item.id().equals("g1")).allSatisfy(item -> {
                assertThat(item.family().name()).isEqualTo("setup");
                assertThat(item.family().setUp()).isEqualTo(Duration.ofSeconds(4));
            });
            assertThat(items)
                    .filteredOn(item -> item.id().equals("g2"))
                    .allSatisfy(item -> assertThat(item.family().name()).isEmpty());
        }

        @Test
        void whenAllProjectsNeedIt_thenItDecidesNothing() {
            Suite suite = suite(List.of(project("setup"), project("desktop", "setup")), test("a", "desktop", "g1"));

            SuitePlan plan = SuitePlanner.plan(suite, timings(Map.of()), Machines.of(1));

            assertThat(plan.shards().shards().get(0).items().get(0).family().name())
                    .isEmpty();
        }
    }
}
