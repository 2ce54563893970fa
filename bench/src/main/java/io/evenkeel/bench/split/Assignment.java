package io.evenkeel.bench.split;

import io.evenkeel.pipeline.split.Family;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.PlaywrightShard;
import io.evenkeel.pipeline.split.Shard;
import io.evenkeel.pipeline.split.ShardPlanner;
import io.evenkeel.pipeline.split.WorkItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A rule that deals the units to machines before the run begins.
 *
 * <p>Units come in the order of the listing; {@code estimates} are in milliseconds. The answer holds the units of each
 * machine in the order they run, by their index.
 */
@FunctionalInterface
interface Assignment {

    List<List<Integer>> assign(List<Recording.Unit> units, double[] estimates, int machines);

    /** Returns the rules by name, ours first. */
    static Map<String, Assignment> all() {
        Map<String, Assignment> all = new LinkedHashMap<>();
        all.put("evenkeel", evenkeel());
        all.put("lpt", Assignment::lpt);
        all.put("lpt-by-file", Assignment::lptByFile);
        all.put("round-robin-by-file", Assignment::roundRobinByFile);
        all.put("playwright-shard", (units, estimates, machines) -> playwright(units, machines, Mode.BY_FILE));
        all.put("playwright-shard-parallel", (units, estimates, machines) -> playwright(units, machines, Mode.BY_TEST));
        all.put("pytest-split-chunks", Assignment::pytestSplitChunks);
        all.put("pytest-split-least", Assignment::lpt);
        return all;
    }

    /** Returns the product's own planner. */
    static Assignment evenkeel() {
        return Assignment::planned;
    }

    private static List<List<Integer>> planned(List<Recording.Unit> units, double[] estimates, int machines) {
        Map<String, Integer> indexes = new HashMap<>();
        List<WorkItem> items = Algorithms.items(units, estimates, indexes);
        return indexes(
                ShardPlanner.plan(items, machines).shards().stream()
                        .map(Shard::items)
                        .toList(),
                indexes);
    }

    /** pytest-split's {@code least_duration}, Knapsack's report distributor, split_tests and others: a heap of groups. */
    private static List<List<Integer>> lpt(List<Recording.Unit> units, double[] estimates, int machines) {
        return packed(IntStream.range(0, units.size()).mapToObj(List::of).toList(), estimates, machines);
    }

    private static List<List<Integer>> packed(List<List<Integer>> bundles, double[] estimates, int machines) {
        record Sized(List<Integer> bundle, double length) {}
        double[] load = new double[machines];
        PriorityQueue<Integer> lightest =
                new PriorityQueue<>(Comparator.comparingDouble((Integer machine) -> load[machine])
                        .thenComparing(Comparator.naturalOrder()));
        IntStream.range(0, machines).forEach(lightest::add);
        List<List<Integer>> answer = empty(machines);
        bundles.stream()
                .map(bundle -> new Sized(
                        bundle,
                        bundle.stream().mapToDouble(unit -> estimates[unit]).sum()))
                .sorted(Comparator.comparingDouble(sized -> -sized.length()))
                .forEach(sized -> {
                    int machine = lightest.remove();
                    load[machine] += sized.length();
                    answer.get(machine).addAll(sized.bundle());
                    lightest.add(machine);
                });
        return answer;
    }

    private static List<List<Integer>> lptByFile(List<Recording.Unit> units, double[] estimates, int machines) {
        return packed(List.copyOf(byFile(units).values()), estimates, machines);
    }

    /** Files by name, file i to machine i mod m: the rule many tools fall back to. */
    private static List<List<Integer>> roundRobinByFile(List<Recording.Unit> units, double[] estimates, int machines) {
        List<List<Integer>> answer = empty(machines);
        int next = 0;
        for (List<Integer> file : byFile(units).values()) {
            answer.get(next++ % machines).addAll(file);
        }
        return answer;
    }

    /** What Playwright deals: whole files, or single tests with {@code fullyParallel}. */
    enum Mode {
        BY_FILE,
        BY_TEST
    }

    private static List<List<Integer>> playwright(List<Recording.Unit> units, int machines, Mode mode) {
        List<WorkItem> listing = new ArrayList<>();
        Map<String, Integer> indexes = new HashMap<>();
        byFile(units).forEach((file, members) -> {
            members.forEach(unit -> indexes.put(units.get(unit).id(), unit));
            List<String> ids =
                    members.stream().map(unit -> units.get(unit).id()).toList();
            if (mode == Mode.BY_FILE) {
                listing.add(new WorkItem(file, ids, Duration.ZERO, Family.none(), ""));
            } else {
                ids.forEach(id -> listing.add(WorkItem.of(id, Duration.ZERO)));
            }
        });
        return indexes(PlaywrightShard.split(listing, Machines.of(machines).count()), indexes);
    }

    /** pytest-split's default {@code duration_based_chunks}: the next group begins once the current one has its share. */
    private static List<List<Integer>> pytestSplitChunks(List<Recording.Unit> units, double[] estimates, int machines) {
        double share = IntStream.range(0, units.size())
                        .mapToDouble(unit -> estimates[unit])
                        .sum()
                / machines;
        List<List<Integer>> answer = empty(machines);
        int group = 0;
        double filled = 0;
        for (int unit = 0; unit < units.size(); unit++) {
            if (filled >= share && group < machines - 1) {
                group++;
                filled = 0;
            }
            answer.get(group).add(unit);
            filled += estimates[unit];
        }
        return answer;
    }

    private static List<List<Integer>> indexes(List<List<WorkItem>> shards, Map<String, Integer> indexes) {
        return shards.stream()
                .map(shard -> shard.stream()
                        .flatMap(item -> item.tests().stream())
                        .map(id -> indexes.getOrDefault(id, -1))
                        .toList())
                .toList();
    }

    private static Map<String, List<Integer>> byFile(List<Recording.Unit> units) {
        Map<String, List<Integer>> files = new TreeMap<>();
        for (int unit = 0; unit < units.size(); unit++) {
            files.computeIfAbsent(units.get(unit).file(), file -> new ArrayList<>())
                    .add(unit);
        }
        return files;
    }

    private static List<List<Integer>> empty(int machines) {
        List<List<Integer>> answer = new ArrayList<>();
        for (int machine = 0; machine < machines; machine++) {
            answer.add(new ArrayList<>());
        }
        return answer;
    }
}
