package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A plan's input as numbers: jobs longest first, lanes instead of machines, time in microseconds.
 *
 * <p>A machine with w lanes counts as w lanes of its speed: {@link LaneOrder} shows that every assignment to lanes can be
 * run by a machine that starts its items in order on whichever lane is free. Immutable by convention: nobody writes to
 * the arrays.
 */
final class Problem {

    /** Longest first, equal ones by id. */
    final List<WorkItem> items;

    /** Microseconds at speed 1, rounded up. */
    final long[] work;

    /** Index into {@link #setUp}; 0 is the family of no set-up. */
    final int[] family;

    /** Microseconds at speed 1. */
    final long[] setUp;

    /** Speed of each lane; lane k belongs to machine k / lanesPerMachine. */
    final double[] speed;

    final int lanesPerMachine;
    final boolean equalSpeeds;
    final boolean setUps;
    final long total;

    Problem(List<WorkItem> input, Machines machines) {
        requireUnique(input);
        WorkItem[] sorted = input.toArray(WorkItem[]::new);
        Arrays.sort(sorted, Comparator.comparing(WorkItem::estimate).reversed().thenComparing(WorkItem::id));
        items = List.of(sorted);
        work = items.stream().mapToLong(item -> micros(item.estimate())).toArray();
        List<Family> families = families(items);
        Map<String, Integer> indexes = new HashMap<>();
        families.forEach(each -> indexes.put(each.name(), indexes.size()));
        family = items.stream()
                .mapToInt(item -> indexes.getOrDefault(item.family().name(), 0))
                .toArray();
        setUp = families.stream().mapToLong(each -> micros(each.setUp())).toArray();
        lanesPerMachine = machines.lanes();
        speed = new double[machines.count() * machines.lanes()];
        for (int lane = 0; lane < speed.length; lane++) {
            speed[lane] = machines.speeds().get(lane / lanesPerMachine);
        }
        equalSpeeds = machines.speeds().stream().distinct().count() == 1;
        setUps = Arrays.stream(setUp).anyMatch(cost -> cost > 0);
        total = Arrays.stream(work).sum();
    }

    int lanes() {
        return speed.length;
    }

    static long micros(Duration duration) {
        return Math.floorDiv(duration.toNanos() + 999, 1000L);
    }

    static Duration duration(double micros) {
        return Duration.ofNanos((long) Math.ceil(micros) * 1000);
    }

    /** Returns the families by name, the one without a name first. */
    private static List<Family> families(List<WorkItem> items) {
        Map<String, Family> byName = new TreeMap<>();
        byName.put("", Family.none());
        for (WorkItem item : items) {
            Family known = byName.putIfAbsent(item.family().name(), item.family());
            if (known != null && !known.equals(item.family())) {
                throw new IllegalArgumentException(
                        "The set-up (" + item.family().setUp() + ") of family (" + known.name()
                                + ") must be the same in all work items, it also is " + known.setUp() + ".");
            }
        }
        return List.copyOf(byName.values());
    }

    private static void requireUnique(List<WorkItem> items) {
        Set<String> ids = new HashSet<>();
        Set<String> tests = new HashSet<>();
        for (WorkItem item : items) {
            if (!ids.add(item.id())) {
                throw new IllegalArgumentException("The id (" + item.id() + ") of a work item must be unique.");
            }
            for (String test : item.tests()) {
                if (!tests.add(test)) {
                    throw new IllegalArgumentException("The test (" + test + ") of work item (" + item.id()
                            + ") must be in one work item only.\nMaybe two suites were joined without their names.");
                }
            }
        }
    }
}
