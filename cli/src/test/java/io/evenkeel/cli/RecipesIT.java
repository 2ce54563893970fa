package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The recipes of docs/how-to/use-in-any-ci.md, read from that file: their commands run with two nodes and a broken test, in folders that
 * share nothing but the artifacts each recipe names. What npm and buildkite-agent would fetch lies on this machine.
 */
class RecipesIT {

    private static final Path DOCUMENT = Path.of("../docs/how-to/use-in-any-ci.md");
    private static final Pattern RECIPE =
            Pattern.compile("(?m)^(\\w+(?: Pipelines)?):\\n\\n```yaml\\n(.*?)^```$", Pattern.DOTALL);
    private static final int NODES = 2;

    @TempDir
    Path temp;

    private Path tools;

    @BeforeEach
    void layTools() throws IOException {
        tools = Files.createDirectory(temp.resolve("tools"));
        Path packages = Path.of("../examples/shop/node_modules").toRealPath();
        Path jar = Path.of("target/evenkeel.jar").toRealPath();
        tool("npm", "[ \"$1\" = ci ] && ln -sfn '" + packages + "' node_modules && ln -sf '" + jar + "' evenkeel.jar");
        tool("buildkite-agent", "[ \"$1 $2\" = 'artifact download' ] && cp -R '" + temp + "/artifacts/.' \"$4\"");
    }

    private void tool(String name, String script) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\nset -e\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static JsonNode recipe(String ci) throws IOException {
        Matcher recipes = RECIPE.matcher(Files.readString(DOCUMENT));
        while (recipes.find()) {
            if (recipes.group(1).equals(ci)) {
                Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(recipes.group(2));
                return new ObjectMapper().valueToTree(yaml);
            }
        }
        throw new IllegalStateException(DOCUMENT + " has no recipe for " + ci + ".");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The values of one key of the steps that have it. */
    private static List<String> all(JsonNode steps, String key) {
        List<String> values = new ArrayList<>();
        steps.forEach(step -> {
            if (step.path(key).isTextual()) {
                values.add(step.path(key).asText());
            }
        });
        return values;
    }

    private Path workspace(String name) throws Exception {
        Path workspace = Files.createDirectory(temp.resolve(name));
        copy(Path.of("../fixtures/forges/suite"), workspace);
        return workspace;
    }

    private void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        Command copied = Command.plain(
                new RunCommand(List.of("cp", "-R", from.toRealPath() + "/.", to.toString()), temp, Map.of()), Map.of());
        assertThat(copied.exitCode()).as(copied.err()).isZero();
    }

    /** Runs the steps as every CI does: until one fails. */
    private Command run(Path workspace, Map<String, String> variables, List<String> steps) throws Exception {
        Map<String, String> environment = new TreeMap<>(variables);
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        environment.put("EXAMPLE_BROKEN", "cart");
        // Short programs need half of the processor time without the second compiler.
        environment.put("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        return Command.plain(
                new RunCommand(List.of("bash", "-e", "-c", String.join("\n", steps)), workspace, Map.of()),
                environment);
    }

    /** Runs a node and hands its artifacts on; a pattern ends with what it matches in a folder. */
    private void node(
            int index, Map<String, String> variables, List<String> steps, int exitCode, List<String> artifacts)
            throws Exception {
        Path workspace = workspace("node-" + index);
        Command ran = run(workspace, variables, steps);
        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(exitCode);
        for (String pattern : artifacts) {
            String folder = pattern.replaceFirst("/\\*.*$", "");
            if (Files.exists(workspace.resolve(folder))) {
                copy(workspace.resolve(folder), temp.resolve("artifacts").resolve(folder));
            }
        }
    }

    private void assertReported(Path workspace, Command report) throws IOException {
        assertThat(report.exitCode()).as(report.out() + report.err()).isEqualTo(1);
        JsonNode summary = Reports.read(workspace.resolve(".evenkeel/summary.json"));
        assertThat(summary.path("executors")).hasSize(NODES);
        assertThat(summary.path("complete").asBoolean()).isTrue();
        assertThat(summary.path("executed").asInt()).isEqualTo(12);
        assertThat(Stream.of("html/index.html", "junit.xml"))
                .allSatisfy(
                        file -> assertThat(workspace.resolve(".evenkeel/report").resolve(file))
                                .exists());
    }

    @Test
    void whenTheCircleRecipeRuns_thenTheReportJobAloneIsRed() throws Exception {
        JsonNode jobs = recipe("CircleCI").path("jobs");
        JsonNode steps = jobs.path("e2e").path("steps");
        List<String> kept = new ArrayList<>();
        steps.forEach(
                step -> kept.addAll(texts(step.path("persist_to_workspace").path("paths"))));
        Map<String, String> ci = Map.of("CIRCLECI", "true", "CIRCLE_WORKFLOW_ID", "w-7");
        for (int node = 0; node < NODES; node++) {
            Map<String, String> variables = new TreeMap<>(ci);
            variables.put("CIRCLE_NODE_INDEX", String.valueOf(node));
            variables.put("CIRCLE_NODE_TOTAL", String.valueOf(NODES));
            node(node, variables, all(steps, "run"), 0, kept);
        }
        Path workspace = workspace("report");
        copy(temp.resolve("artifacts"), workspace);

        assertReported(workspace, run(workspace, ci, all(jobs.path("report").path("steps"), "run")));
    }

    @Test
    void whenTheBuildkiteRecipeRuns_thenARedNodeIsAllowedToFail() throws Exception {
        JsonNode steps = recipe("Buildkite").path("steps");
        JsonNode nodes = steps.path(0);
        assertThat(nodes.path("soft_fail").path(0).path("exit_status").asInt()).isEqualTo(1);
        Map<String, String> ci = Map.of("BUILDKITE", "true", "BUILDKITE_BUILD_ID", "b-7");
        for (int node = 0; node < NODES; node++) {
            Map<String, String> variables = new TreeMap<>(ci);
            variables.put("BUILDKITE_PARALLEL_JOB", String.valueOf(node));
            variables.put("BUILDKITE_PARALLEL_JOB_COUNT", String.valueOf(NODES));
            node(node, variables, List.of(nodes.path("command").asText()), 1, texts(nodes.path("artifact_paths")));
        }
        Path workspace = workspace("report");

        assertReported(
                workspace,
                run(workspace, ci, List.of(steps.path(1).path("command").asText())));
    }

    @Test
    void whenTheAzureRecipeRuns_thenTheReportJobFindsEachNodesArtifact() throws Exception {
        JsonNode jobs = recipe("Azure Pipelines").path("jobs");
        JsonNode steps = jobs.path(0).path("steps");
        JsonNode download = jobs.path(1).path("steps").path(1).path("inputs");
        assertThat(download.path("patterns").asText()).isEqualTo("evenkeel-*/{spool,blob}/**");
        Map<String, String> ci = Map.of("TF_BUILD", "True", "BUILD_BUILDID", "7");
        Path workspace = workspace("report");
        for (int node = 1; node <= NODES; node++) {
            Map<String, String> variables = new TreeMap<>(ci);
            variables.put("SYSTEM_JOBPOSITIONINPHASE", String.valueOf(node));
            variables.put("SYSTEM_TOTALJOBSINPHASE", String.valueOf(NODES));
            node(node, variables, all(steps, "script"), 1, List.of());
            String name = all(steps, "artifact")
                    .get(0)
                    .replace("$(System.JobPositionInPhase)", String.valueOf(node))
                    .replace("$(System.JobAttempt)", "1");
            for (String part : List.of("spool", "blob")) {
                copy(
                        temp.resolve("node-" + node)
                                .resolve(all(steps, "publish").get(0))
                                .resolve(part),
                        workspace
                                .resolve(download.path("path").asText())
                                .resolve(name)
                                .resolve(part));
            }
        }

        assertReported(workspace, run(workspace, ci, all(jobs.path(1).path("steps"), "script")));
    }

    @Test
    void whenTheBitbucketRecipeRuns_thenTheReportStepAloneIsRed() throws Exception {
        JsonNode pipeline = recipe("Bitbucket Pipelines").path("pipelines").path("default");
        JsonNode steps = pipeline.path(0).path("parallel").path("steps");
        assertThat(steps).hasSize(NODES);
        Map<String, String> ci = Map.of("BITBUCKET_BUILD_NUMBER", "7");
        for (int node = 0; node < NODES; node++) {
            JsonNode step = steps.path(node).path("step");
            Map<String, String> variables = new TreeMap<>(ci);
            variables.put("BITBUCKET_PARALLEL_STEP", String.valueOf(node));
            variables.put("BITBUCKET_PARALLEL_STEP_COUNT", String.valueOf(NODES));
            node(node, variables, texts(step.path("script")), 0, texts(step.path("artifacts")));
        }
        Path workspace = workspace("report");
        copy(temp.resolve("artifacts"), workspace);

        assertReported(
                workspace,
                run(workspace, ci, texts(pipeline.path(1).path("step").path("script"))));
    }
}
