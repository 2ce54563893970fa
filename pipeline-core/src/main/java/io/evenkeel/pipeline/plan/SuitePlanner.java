package io.evenkeel.pipeline.plan;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteProject;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.estimate.Estimates;
import io.evenkeel.pipeline.estimate.Estimator;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.split.FailureFirst;
import io.evenkeel.pipeline.split.Family;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.QueueOrder;
import io.evenkeel.pipeline.split.RoundRobin;
import io.evenkeel.pipeline.split.ShardPlan;
import io.evenkeel.pipeline.split.ShardPlanner;
import io.evenkeel.pipeline.split.Strategy;
import io.evenkeel.pipeline.split.WorkItem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Plans a suite: a pure function of suite, timings and machines, so that every executor can compute the same plan by itself.
 *
 * <p>A work item is what must stay together (a file in default mode, an outermost serial block, a single test in parallel mode). It costs the
 * sum of its tests and the learned fixed cost of a unit. Thread-safe.
 */
public final class SuitePlanner {

    private SuitePlanner() {}

    /**
     * Returns the plan.
     *
     * @param suite what to run
     * @param timings what earlier runs recorded; those of another suite count as none
     * @param machines one for each shard
     */
    public static SuitePlan plan(Suite suite, Timings timings, Machines machines) {
        return plan(suite, timings, machines, Strategy.DURATION);
    }

    /** Returns the plan by a strategy; otherwise as {@link #plan(Suite, Timings, Machines)}. */
    public static SuitePlan plan(Suite suite, Timings timings, Machines machines, Strategy strategy) {
        Timings own = timings.of(suite.config().config());
        Estimates estimates = Estimator.estimate(known(suite), own);
        List<WorkItem> items = items(suite, estimates, own.fixed().perUnit());
        ShardPlan shards = switch (strategy) {
            case DURATION -> ShardPlanner.plan(items, machines);
            case FAILURE_FIRST -> FailureFirst.order(ShardPlanner.plan(items, machines), failing(estimates));
            case ROUND_ROBIN -> RoundRobin.plan(items, machines);
        };
        return new SuitePlan(
                suite,
                shards,
                SuitePlan.count(suite.tests().stream()
                        .map(test -> estimates.of(test.id()).source())
                        .toList()));
    }

    /** Returns the work items of a suite in the order a queue hands them out. */
    static List<WorkItem> ordered(Suite suite, Timings timings, Machines machines, Strategy strategy) {
        Timings own = timings.of(suite.config().config());
        Estimates estimates = Estimator.estimate(known(suite), own);
        List<WorkItem> items = items(suite, estimates, own.fixed().perUnit());
        return switch (strategy) {
            case ROUND_ROBIN -> items;
            case DURATION -> QueueOrder.of(items, machines);
            case FAILURE_FIRST -> FailureFirst.order(QueueOrder.of(items, machines), failing(estimates));
        };
    }

    private static ToDoubleFunction<String> failing(Estimates estimates) {
        return test -> estimates.of(test).failing();
    }

    /** Returns the work items of a suite with their estimates, in the order of the runner. */
    public static List<WorkItem> items(Suite suite, Timings timings) {
        Timings own = timings.of(suite.config().config());
        return items(suite, Estimator.estimate(known(suite), own), own.fixed().perUnit());
    }

    private static List<KnownTest> known(Suite suite) {
        return Stream.concat(suite.tests().stream(), suite.setUp().stream())
                .map(test -> new KnownTest(
                        test.id(),
                        test.project(),
                        test.place().file(),
                        test.place().titles()))
                .toList();
    }

    /** Returns the work items of a suite in the order of the runner. */
    public static List<WorkItem> items(Suite suite, Estimates estimates, Duration perUnit) {
        Map<String, List<SuiteTest>> groups = new LinkedHashMap<>();
        for (SuiteTest test : suite.tests()) {
            groups.computeIfAbsent(test.group(), key -> new ArrayList<>()).add(test);
        }
        Map<String, Family> families = families(suite, estimates);
        Map<String, Integer> retries = new HashMap<>();
        suite.projects()
                .forEach(project ->
                        retries.put(project.info().name(), project.info().retries()));
        List<WorkItem> items = new ArrayList<>();
        groups.forEach((key, tests) -> {
            Duration sum = tests.stream()
                    .map(test -> estimates.of(test.id()).withRetries(retries.getOrDefault(test.project(), 0)))
                    .reduce(perUnit, Duration::plus);
            String project = tests.get(0).project();
            items.add(new WorkItem(
                    key,
                    tests.stream().map(SuiteTest::id).toList(),
                    sum.compareTo(WorkItem.LONGEST) > 0 ? WorkItem.LONGEST : sum,
                    families.getOrDefault(project, Family.none()),
                    project));
        });
        return items;
    }

    /**
     * Returns the set-up each project waits for. When all projects wait for the same one every machine pays it whatever the plan, so it
     * decides nothing and there are no families.
     */
    private static Map<String, Family> families(Suite suite, Estimates estimates) {
        Map<String, Set<String>> dependencies = new HashMap<>();
        for (SuiteTest test : suite.tests()) {
            dependencies.computeIfAbsent(test.project(), project -> closure(project, suite.projects()));
        }
        if (new HashSet<>(dependencies.values()).size() <= 1) {
            return Map.of();
        }
        Map<String, Family> families = new HashMap<>();
        dependencies.forEach((project, needed) -> {
            if (!needed.isEmpty()) {
                Duration setUp = suite.setUp().stream()
                        .filter(test -> needed.contains(test.project()))
                        .map(test -> estimates.of(test.id()).duration())
                        .reduce(Duration.ZERO, Duration::plus);
                families.put(project, new Family(String.join("+", needed), setUp));
            }
        });
        return families;
    }

    /** Returns all projects a project depends on, directly or not. Cycles, which Playwright refuses, end here too. */
    private static Set<String> closure(String project, List<SuiteProject> projects) {
        Map<String, List<String>> direct = new HashMap<>();
        projects.forEach(p -> direct.put(p.info().name(), p.info().dependencies()));
        Set<String> all = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(direct.getOrDefault(project, List.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (all.add(next)) {
                open.addAll(direct.getOrDefault(next, List.of()));
            }
        }
        return all;
    }
}
