package io.evenkeel.coordinator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.history.SuiteTimings;
import io.evenkeel.pipeline.estimate.Estimate;
import io.evenkeel.pipeline.estimate.Estimates;
import io.evenkeel.pipeline.estimate.Estimator;
import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.split.Family;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.ShardPlan;
import io.evenkeel.pipeline.split.ShardPlanner;
import io.evenkeel.pipeline.split.WorkItem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and keeps plans. Thread-safe. */
public final class Orchestrator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final SuiteTimings timings;
    private final InstantSource clock;

    /** Works on this database. */
    public Orchestrator(Database database, InstantSource clock) {
        this.database = database;
        this.timings = new SuiteTimings(database);
        this.clock = clock;
    }

    /** Returns the latest {@code plan.json} of a run. */
    public Optional<String> latest(long runId) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(
                                "select json from plan where run_id = :run order by created_ms desc limit 1")
                        .bind("run", runId)
                        .mapTo(String.class)
                        .findOne());
    }

    /**
     * Returns the {@code plan.json} of the wish. The first answer for the same run, machines and tests is kept and given
     * again, also when more has been learned since.
     *
     * @param runId the run, already open
     * @throws IllegalArgumentException when a test is there twice, or machines or workers are out of range
     */
    public String plan(Project project, long runId, PlanWish wish) {
        String key = wish.machines() + "x" + wish.workers() + "-" + PlanJson.digest(wish);
        Optional<String> kept = kept(runId, key);
        if (kept.isPresent()) {
            return kept.get();
        }
        return keep(runId, key, make(project, wish));
    }

    /**
     * A plan that an executor wants to follow.
     *
     * @param machines shards of the plan
     * @param workers lanes of each
     * @param digest of the suite's test ids
     */
    public record Agreement(int machines, int workers, String digest) {

        public Agreement {
            if (machines < 1 || workers < 1) {
                throw new IllegalArgumentException(
                        "The machines (" + machines + ") and workers (" + workers + ") of a plan must be at least 1.");
            }
        }

        private String key() {
            return machines + "x" + workers + "-" + digest;
        }
    }

    /** Returns the {@code plan.json} that the executors of a run have agreed on, empty when nobody has brought one. */
    public Optional<String> agreed(long runId, Agreement what) {
        return kept(runId, what.key());
    }

    /** Keeps the {@code plan.json} for the run unless there is one; returns the one that is kept. The first who comes decides for all. */
    public String agree(long runId, Agreement what, String plan) {
        return keep(runId, what.key(), plan);
    }

    private String keep(long runId, String key, String made) {
        return database.writer().write(tx -> {
            tx.update("""
                    insert into plan (run_id, digest, created_ms, json) values (?, ?, ?, ?)
                    on conflict (run_id, digest) do nothing""", runId, key, clock.millis(), made);
            String select = "select json from plan where run_id = ? and digest = ?";
            return tx.first(select, row -> row.getString(1), runId, key).orElse(made);
        });
    }

    private Optional<String> kept(long runId, String key) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select json from plan where run_id = :run and digest = :key")
                        .bind("run", runId)
                        .bind("key", key)
                        .mapTo(String.class)
                        .findOne());
    }

    private String make(Project project, PlanWish wish) {
        Timings known = timings(timings.of(project.id(), wish.suite()), wish.suite());
        List<KnownTest> tests = wish.tests().stream().map(PlanWish.Entry::test).toList();
        Estimates estimates = Estimator.estimate(tests, known);
        Machines machines = Machines.of(wish.machines(), wish.workers());
        ShardPlan plan = ShardPlanner.plan(items(wish, estimates, known.fixed().perUnit()), machines);
        boolean history = estimates.sources().keySet().stream().anyMatch(source -> source != Estimate.Source.DEFAULT);
        return PlanJson.write(wish, plan, history ? "coordinator" : "nothing");
    }

    private static List<WorkItem> items(PlanWish wish, Estimates estimates, Duration perUnit) {
        Map<String, List<KnownTest>> groups = new LinkedHashMap<>();
        for (PlanWish.Entry entry : wish.tests()) {
            String group = entry.group().isEmpty() ? entry.test().id() : entry.group();
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(entry.test());
        }
        List<WorkItem> items = new ArrayList<>();
        groups.forEach((group, tests) -> {
            Duration sum = tests.stream()
                    .map(test -> estimates.of(test.id()).duration())
                    .reduce(perUnit, Duration::plus);
            items.add(new WorkItem(
                    group,
                    tests.stream().map(KnownTest::id).toList(),
                    sum.compareTo(WorkItem.LONGEST) > 0 ? WorkItem.LONGEST : sum,
                    Family.none(),
                    tests.get(0).project()));
        });
        return items;
    }

    private static Timings timings(SuiteTimings.Known known, String suite) {
        Map<String, TestTiming> tests = new HashMap<>();
        for (SuiteTimings.Timing timing : known.tests()) {
            KnownTest test = new KnownTest(timing.id(), timing.project(), timing.file(), titles(timing.titles()));
            List<Duration> recent =
                    timing.recentMs().stream().map(Duration::ofMillis).toList();
            tests.put(timing.id(), new TestTiming(test, recent));
        }
        FixedCost fixed = new FixedCost(Duration.ofMillis(known.perUnitMs()), Duration.ofMillis(known.perMachineMs()));
        return new Timings(suite, fixed, tests);
    }

    private static List<String> titles(String json) {
        try {
            return Arrays.asList(JSON.readValue(json, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of titles in the database is no JSON array: " + json, e);
        }
    }
}
