package io.evenkeel.coordinator.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.coordinator.page.ExecutorsView.Box;
import io.evenkeel.coordinator.page.ExecutorsView.Lane;
import io.evenkeel.coordinator.page.ExecutorsView.Timeline;
import io.evenkeel.coordinator.run.ExecutorView;
import io.evenkeel.coordinator.run.LaneEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows how the work was spread over executors and lanes. */
final class ExecutorsMaker {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LANE = 16;
    private static final double WIDTH = 1000;

    /** With more attempts the boxes carry no tip, so that the page stays small. */
    private static final int MOST_TIPS = 600;

    private ExecutorsMaker() {}

    static ExecutorsView of(List<ExecutorView> executors, Optional<String> plan, List<LaneEntry> entries) {
        Optional<JsonNode> planned = plan.map(ExecutorsMaker::parse);
        Map<Integer, Long> loads = new HashMap<>();
        planned.ifPresent(json -> json.path("shards")
                .forEach(shard -> loads.put(
                        shard.path("index").asInt(), shard.path("loadMs").asLong())));
        Duration longest = executors.stream()
                .map(executor -> executor.work().wall())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        List<ExecutorsView.Line> lines = executors.stream()
                .map(executor -> line(executor, Optional.ofNullable(loads.get(executor.shard())), longest))
                .toList();
        String balance = executors.isEmpty() ? "" : balance(executors, longest, planned);
        return new ExecutorsView(lines, balance, timeline(executors, entries));
    }

    private static ExecutorsView.Line line(ExecutorView executor, Optional<Long> plannedMs, Duration longest) {
        ExecutorView.Work work = executor.work();
        ExecutorView.End end = work.end();
        String state = end.status().isEmpty() ? "running" : end.status();
        List<String> notes = new ArrayList<>();
        if (end.exitCode() > 0) {
            notes.add("exit code " + end.exitCode());
        }
        if (!end.notRun().isEmpty()) {
            notes.add(Format.count(end.notRun().size(), "test") + " of its share not run");
        }
        double share = longest.isZero() ? 0 : (double) work.wall().toMillis() / longest.toMillis();
        return new ExecutorsView.Line(
                (executor.shard() > 0 ? "Shard " + executor.shard() : "Executor")
                        + (executor.name().isEmpty() ? "" : " on " + executor.name()),
                Format.count(executor.setting().workers(), "worker")
                        + (executor.setting().playwright().isEmpty()
                                ? ""
                                : ", Playwright " + executor.setting().playwright()),
                new ExecutorsView.Loads(
                        plannedMs.map(Duration::ofMillis).map(Format::duration).orElse(""),
                        Format.duration(work.wall()),
                        Format.duration(work.busy()),
                        Bar.share("load", share)),
                state,
                String.join(", ", notes));
    }

    private static String balance(List<ExecutorView> executors, Duration longest, Optional<JsonNode> planned) {
        double idle = executors.stream()
                .mapToDouble(executor -> longest.minus(executor.work().wall()).toMillis())
                .sum();
        double all = (double) longest.toMillis() * executors.size();
        StringBuilder sentence = new StringBuilder(
                "The longest of " + Format.count(executors.size(), "executor") + " took " + Format.duration(longest));
        if (executors.size() > 1 && all > 0) {
            sentence.append("; the others waited for ")
                    .append(Format.percent(idle / all))
                    .append(" of the machine time");
        }
        planned.ifPresent(plan -> sentence.append(". Planned: makespan ")
                .append(Format.duration(
                        Duration.ofMillis(plan.path("makespanMs").asLong())))
                .append(", lower bound ")
                .append(Format.duration(
                        Duration.ofMillis(plan.path("lowerBoundMs").asLong())))
                .append(", ratio ")
                .append(Format.ratio(plan.path("ratio").asDouble()))
                .append(
                        plan.path("estimatedFrom").asText().equals("nothing")
                                ? ", without any history"
                                : ", from history"));
        return sentence.append('.').toString();
    }

    private static Timeline timeline(List<ExecutorView> executors, List<LaneEntry> entries) {
        if (entries.isEmpty()) {
            return new Timeline(0, List.of(), "");
        }
        long begin = entries.stream().mapToLong(LaneEntry::startedMs).min().orElse(0);
        long end = entries.stream()
                .mapToLong(entry -> entry.startedMs() + entry.durationMs())
                .max()
                .orElse(begin + 1);
        double scale = WIDTH / Math.max(1, end - begin);
        Map<Long, String> names = new HashMap<>();
        executors.forEach(executor -> names.put(
                executor.spoolId(),
                executor.shard() > 0 ? "shard " + executor.shard() : "executor " + executor.name()));
        Map<String, List<LaneEntry>> lanes = new LinkedHashMap<>();
        entries.forEach(entry -> lanes.computeIfAbsent(
                        names.getOrDefault(entry.spoolId(), "executor") + ", lane " + (entry.parallel() + 1),
                        key -> new ArrayList<>())
                .add(entry));
        List<Lane> drawn = new ArrayList<>();
        boolean tips = entries.size() <= MOST_TIPS;
        lanes.forEach((label, inLane) -> drawn.add(new Lane(
                label,
                drawn.size() * LANE,
                inLane.stream()
                        .map(entry -> new Box(
                                entry.verdict(),
                                Bar.number((entry.startedMs() - begin) * scale),
                                Bar.number(Math.max(1, entry.durationMs() * scale - 0.6)),
                                tips
                                        ? entry.title() + ", " + Format.duration(Duration.ofMillis(entry.durationMs()))
                                        : ""))
                        .toList())));
        return new Timeline(drawn.size() * LANE, drawn, Format.duration(Duration.ofMillis(end - begin)));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A plan in the database is no JSON.", e);
        }
    }
}
