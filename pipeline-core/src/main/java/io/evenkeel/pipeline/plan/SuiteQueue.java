package io.evenkeel.pipeline.plan;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.Strategy;
import io.evenkeel.pipeline.split.WorkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a suite into the order in which a queue hands it out. Pure; thread-safe. */
public final class SuiteQueue {

    private SuiteQueue() {}

    /**
     * Returns the items of the queue: in the order of the strategy, but project after project, because a worker and its browser are started again for another
     * project.
     *
     * @param timings what earlier runs recorded; those of another suite count as none
     * @param machines that will probably take part
     */
    public static List<QueueItem> items(Suite suite, Timings timings, Machines machines, Strategy strategy) {
        Map<String, String> modes = new HashMap<>();
        for (SuiteTest test : suite.tests()) {
            modes.put(test.id(), test.place().mode());
        }
        Map<String, List<QueueItem>> byProject = new LinkedHashMap<>();
        suite.projects().forEach(project -> byProject.put(project.info().name(), new ArrayList<>()));
        for (WorkItem item : SuitePlanner.ordered(suite, timings, machines, strategy)) {
            boolean serial = item.tests().stream().anyMatch(id -> "serial".equals(modes.get(id)));
            byProject
                    .computeIfAbsent(item.group(), project -> new ArrayList<>())
                    .add(new QueueItem(
                            item.id(), item.tests(), item.estimate(), serial ? Handover.WHOLE : Handover.REST));
        }
        return byProject.values().stream().flatMap(List::stream).toList();
    }
}
