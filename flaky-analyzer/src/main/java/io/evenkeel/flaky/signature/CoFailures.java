package io.evenkeel.flaky.signature;

import io.evenkeel.flaky.history.TestId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds flaky tests that fail in the same runs and so probably share one cause.
 *
 * <p>Two tests belong together when at least {@value #LEAST_JOINT} runs saw both fail and these are at least half of the runs in which either
 * failed (Jaccard index; most flaky tests fail in such groups, "Systemic flakiness", arXiv 2504.16777). Groups are the connected
 * parts. Cost: the sum over runs of the square of the tests failing in it; runs with more than {@value #MOST_PER_RUN} failing tests are left
 * out, they are outages. Static functions.
 */
public final class CoFailures {

    /** Joint failing runs needed. */
    public static final int LEAST_JOINT = 3;

    private static final double LEAST_JACCARD = 0.5;
    private static final int MOST_PER_RUN = 200;

    private CoFailures() {}

    /**
     * Groups tests by the runs they failed in.
     *
     * @param failingRuns for each test the runs in which it failed, any order
     * @return groups of two tests or more, largest first, each sorted; no test is in two groups
     */
    public static List<List<TestId>> groups(SortedMap<TestId, long[]> failingRuns) {
        List<TestId> tests = new ArrayList<>(failingRuns.keySet());
        int[] counts = new int[tests.size()];
        Map<Long, List<Integer>> byRun = new HashMap<>();
        for (int i = 0; i < counts.length; i++) {
            long[] runs =
                    Arrays.stream(failingRuns.get(tests.get(i))).distinct().toArray();
            counts[i] = runs.length;
            for (long run : runs) {
                byRun.computeIfAbsent(run, key -> new ArrayList<>()).add(i);
            }
        }
        int[] parent = new int[counts.length];
        Arrays.setAll(parent, i -> i);
        joint(byRun).forEach((pair, joint) -> {
            int one = (int) (pair >>> 32);
            int other = (int) (long) pair;
            boolean together = joint >= LEAST_JOINT && joint >= LEAST_JACCARD * (counts[one] + counts[other] - joint);
            if (together) {
                parent[root(parent, one)] = root(parent, other);
            }
        });
        return collect(tests, parent);
    }

    private static Map<Long, Integer> joint(Map<Long, List<Integer>> byRun) {
        Map<Long, Integer> joint = new HashMap<>();
        for (List<Integer> failing : byRun.values()) {
            if (failing.size() > MOST_PER_RUN) {
                continue;
            }
            for (int i = 0; i < failing.size(); i++) {
                for (int j = i + 1; j < failing.size(); j++) {
                    joint.merge((long) failing.get(i) << 32 | failing.get(j), 1, Integer::sum);
                }
            }
        }
        return joint;
    }

    private static List<List<TestId>> collect(List<TestId> tests, int[] parent) {
        Map<Integer, List<TestId>> groups = new TreeMap<>();
        for (int i = 0; i < parent.length; i++) {
            groups.computeIfAbsent(root(parent, i), key -> new ArrayList<>()).add(tests.get(i));
        }
        return groups.values().stream()
                .filter(group -> group.size() > 1)
                .sorted((a, b) -> a.size() != b.size()
                        ? Integer.compare(b.size(), a.size())
                        : a.get(0).compareTo(b.get(0)))
                .map(List::copyOf)
                .toList();
    }

    private static int root(int[] parent, int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
