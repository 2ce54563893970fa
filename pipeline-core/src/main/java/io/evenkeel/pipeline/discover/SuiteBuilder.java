package io.evenkeel.pipeline.discover;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorRaised;
import io.evenkeel.pipeline.protocol.RunEvent.ProjectInfo;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the events of a listing. One thread. */
final class SuiteBuilder implements RunEvent.Handler {

    private final Map<String, SuiteTest> tests = new LinkedHashMap<>();
    private final Map<String, SuiteProject> projects = new LinkedHashMap<>();
    private final List<WebServer> webServers = new ArrayList<>();
    private final Set<String> outputDirs = new LinkedHashSet<>();
    private final List<String> projectDirs = new ArrayList<>();
    private final List<RunBegin> begins = new ArrayList<>();
    private final List<ErrorRaised> errors = new ArrayList<>();
    private Optional<String> shard = Optional.empty();
    private String group = "";

    private SuiteBuilder() {}

    /** Returns nothing when the runner never began. */
    static Optional<SuiteBuilder> of(List<JsonNode> events) {
        SuiteBuilder builder = new SuiteBuilder();
        for (JsonNode event : events) {
            builder.extras(event);
            EventJson.read(event).event().accept(builder);
        }
        return builder.begins.isEmpty() ? Optional.empty() : Optional.of(builder);
    }

    /** Reads the fields only a listing needs. */
    private void extras(JsonNode event) {
        group = event.path("group").asText("");
        projectDirs.clear();
        event.path("projects")
                .forEach(project -> projectDirs.add(project.path("outputDir").asText("")));
        event.path("outputDirs").forEach(dir -> outputDirs.add(dir.asText()));
        event.path("webServers")
                .forEach(server -> webServers.add(new WebServer(
                        server.path("command").asText(""),
                        port(server.path("port").asInt(0)))));
        JsonNode shards = event.path("shard");
        if (shards.isObject()) {
            shard = Optional.of(
                    shards.path("current").asText() + "/" + shards.path("total").asText());
        }
    }

    private static int port(int number) {
        return number < 0 || number > 65_535 ? 0 : number;
    }

    @Override
    public void runBegin(RunBegin event) {
        begins.add(event);
        for (int i = 0; i < event.projects().size(); i++) {
            ProjectInfo info = event.projects().get(i);
            projects.put(info.name(), new SuiteProject(info, i < projectDirs.size() ? projectDirs.get(i) : ""));
        }
    }

    @Override
    public void test(TestSelected test) {
        tests.put(
                test.id(),
                new SuiteTest(
                        test.id(), test.project(), test.place(), test.tags(), group.isEmpty() ? test.id() : group));
    }

    @Override
    public void error(ErrorRaised event) {
        errors.add(event);
    }

    /** Returns the first line of the first error and where it is. */
    Optional<String> firstError() {
        return errors.stream().findFirst().map(raised -> {
            String line = raised.error().message().lines().findFirst().orElse("unknown error");
            return raised.error()
                    .location()
                    .map(l -> line + " (" + l.file() + ":" + l.line() + ")")
                    .orElse(line);
        });
    }

    Optional<String> shard() {
        return shard;
    }

    /** Returns whether no test is to be run; set-up alone is nothing to run. */
    boolean isEmpty() {
        return tests.values().stream().noneMatch(test -> !isSetUp(test));
    }

    Suite build() {
        RunBegin begin = begins.get(0);
        Map<Boolean, List<SuiteTest>> bySetUp =
                tests.values().stream().collect(Collectors.partitioningBy(this::isSetUp));
        return new Suite(
                new SuiteConfig(
                        begin.playwright(), begin.config(), begin.rootDir(), begin.workers(), List.copyOf(outputDirs)),
                List.copyOf(projects.values()),
                List.copyOf(bySetUp.getOrDefault(false, List.of())),
                List.copyOf(bySetUp.getOrDefault(true, List.of())),
                webServers);
    }

    private boolean isSetUp(SuiteTest test) {
        SuiteProject project = projects.get(test.project());
        return project != null && !project.info().role().equals("test");
    }
}
