package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The families of a configuration whose projects depend on set-up projects. Pure. */
public final class SetUpProjects {

    private SetUpProjects() {}

    /**
     * Returns the family of each project that depends on others: named after all projects that must run before it, its set-up
     * the sum of their times. Projects that need the same set-up are in the same family; a project without
     * dependencies is absent.
     *
     * @param dependencies names of the projects each project depends on
     * @param durations time of each project that is a dependency; a missing one counts as zero
     * @throws IllegalArgumentException if projects depend on each other in a circle
     */
    public static Map<String, Family> families(
            Map<String, List<String>> dependencies, Map<String, Duration> durations) {
        Map<String, Family> families = new HashMap<>();
        for (String project : new TreeSet<>(dependencies.keySet())) {
            Set<String> before = new LinkedHashSet<>();
            collect(project, dependencies, before, new LinkedHashSet<>());
            if (!before.isEmpty()) {
                Duration setUp = before.stream()
                        .map(name -> durations.getOrDefault(name, Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus);
                String name = String.join(" + ", before.stream().sorted().toList());
                families.put(project, new Family(name, setUp));
            }
        }
        return Map.copyOf(families);
    }

    private static void collect(
            String project, Map<String, List<String>> dependencies, Set<String> before, Set<String> path) {
        if (!path.add(project)) {
            throw new IllegalArgumentException("The dependencies (" + String.join(" -> ", path) + " -> " + project
                    + ") of the projects must not form a circle. Playwright refuses them too: remove one.");
        }
        for (String dependency : dependencies.getOrDefault(project, List.of())) {
            if (path.contains(dependency) || before.add(dependency)) {
                collect(dependency, dependencies, before, path);
            }
        }
        path.remove(project);
    }
}
