package io.evenkeel.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Runs a composite action as GitHub's runner does: inputs and their defaults, expressions, conditions, a fresh set of command files for
 * each step, bash with the runner's own options. One thread.
 *
 * <p>Source: GitHub Docs, "Metadata syntax for GitHub Actions", "Workflow commands for GitHub Actions" and "Variables reference". A
 * composite action gets no INPUT_ variables: its steps see inputs through expressions only.
 */
final class Runner {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.*?)}}");
    private static final Pattern COMPARISON = Pattern.compile("(\\S+)\\s*(==|!=)\\s*(\\S+)");

    /**
     * What a step left behind.
     *
     * @param exitCode of the last step
     * @param log of all steps
     * @param outputs of the action
     * @param summaries of all steps
     */
    record Result(int exitCode, String log, Map<String, String> outputs, String summaries) {}

    /**
     * A job on a runner.
     *
     * @param workspace where the checkout is
     * @param temp RUNNER_TEMP, emptied between jobs by whoever makes them
     * @param github variables of this run, all beginning with GITHUB_
     * @param token of the job; empty for none
     */
    record Job(Path workspace, Path temp, Map<String, String> github, String token) {}

    private final Path folder;
    private final Job job;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");

    /**
     * Begins a job.
     *
     * @param folder of action.yml
     */
    Runner(Path folder, Job job) {
        this.folder = folder.toAbsolutePath().normalize();
        this.job = job;
    }

    /** Runs the action with these inputs. */
    Result run(Map<String, String> with) throws IOException, InterruptedException {
        Map<?, ?> action = map(new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(folder.resolve("action.yml"))));
        values.clear();
        values.put("github.token", job.token());
        map(action.get("inputs")).forEach((name, input) -> {
            boolean required = Boolean.TRUE.equals(map(input).get("required"));
            if (required && !with.containsKey(name.toString())) {
                throw new IllegalArgumentException("The input " + name + " is required.");
            }
            Object given = with.containsKey(name.toString())
                    ? with.get(name.toString())
                    : map(input).get("default");
            values.put("inputs." + name, given == null ? "" : evaluated(given.toString()));
        });
        StringBuilder log = new StringBuilder();
        StringBuilder summaries = new StringBuilder();
        int exitCode = 0;
        for (Object item : list(map(action.get("runs")).get("steps"))) {
            Map<?, ?> step = map(item);
            // Without a status function a condition holds only while nothing has failed.
            if (exitCode == 0 && condition(step)) {
                exitCode = step(step, log, summaries);
            }
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        map(action.get("outputs"))
                .forEach((name, output) -> outputs.put(
                        name.toString(), evaluated(String.valueOf(map(output).get("value")))));
        return new Result(exitCode, log.toString(), outputs, summaries.toString());
    }

    private int step(Map<?, ?> step, StringBuilder log, StringBuilder summaries)
            throws IOException, InterruptedException {
        if (!"bash".equals(step.get("shell"))) {
            throw new IllegalStateException("Only steps with shell: bash can run here, this one is " + step);
        }
        Path command = file("script.sh");
        Files.writeString(command, evaluated(String.valueOf(step.get("run"))));
        Path output = file("output");
        Path env = file("env");
        Path paths = file("path");
        Path summary = file("summary");
        Path said = file("log");
        String folderOfStep = step.get("working-directory") == null
                ? "."
                : evaluated(step.get("working-directory").toString());
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", command.toString())
                .directory(job.workspace().resolve(folderOfStep).toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Map<String, String> all = builder.environment();
        // A runner's environment is its own; of this machine only what finds Java, Node and the browser.
        all.keySet().removeIf(name -> !name.matches("HOME|LANG|JAVA_HOME|PLAYWRIGHT_.*"));
        all.put("PATH", path);
        all.put("CI", "true");
        all.put("RUNNER_OS", "Linux");
        all.put("RUNNER_ARCH", "X64");
        all.put("RUNNER_TEMP", job.temp().toString());
        all.put("GITHUB_ACTIONS", "true");
        all.put("GITHUB_WORKSPACE", job.workspace().toString());
        all.put("GITHUB_ACTION_PATH", folder.toString());
        all.put("GITHUB_OUTPUT", output.toString());
        all.put("GITHUB_ENV", env.toString());
        all.put("GITHUB_PATH", paths.toString());
        all.put("GITHUB_STEP_SUMMARY", summary.toString());
        all.putAll(job.github());
        all.putAll(environment);
        map(step.get("env")).forEach((name, value) -> all.put(name.toString(), evaluated(value.toString())));
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("It hangs. It said: " + Files.readString(said));
        }
        log.append(Files.readString(said, StandardCharsets.UTF_8));
        summaries.append(Files.readString(summary, StandardCharsets.UTF_8));
        if (step.get("id") != null) {
            pairs(output).forEach((name, value) -> values.put("steps." + step.get("id") + ".outputs." + name, value));
        }
        environment.putAll(pairs(env));
        for (String more : Files.readAllLines(paths)) {
            path = more + ":" + path;
        }
        return process.exitValue();
    }

    private Path file(String name) throws IOException {
        return Files.createTempFile(Files.createDirectories(job.temp().resolve("_runner_file_commands")), name, "");
    }

    private static Map<String, String> pairs(Path file) throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalStateException("The runner does not understand the line: " + line);
            }
            pairs.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return pairs;
    }

    private boolean condition(Map<?, ?> step) {
        if (step.get("if") == null) {
            return true;
        }
        Matcher whole = EXPRESSION.matcher(step.get("if").toString());
        String text = whole.matches() ? whole.group(1) : step.get("if").toString();
        for (String part : text.split("&&", -1)) {
            Matcher comparison = COMPARISON.matcher(part.strip());
            if (!comparison.matches()) {
                throw new IllegalStateException("Only comparisons can be evaluated here, this one is " + text);
            }
            boolean equal = value(comparison.group(1)).equals(value(comparison.group(3)));
            if (equal != comparison.group(2).equals("==")) {
                return false;
            }
        }
        return true;
    }

    private String evaluated(String text) {
        return EXPRESSION
                .matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(value(found.group(1).strip())));
    }

    /** A context's value; what is not there is empty, as on GitHub. */
    private String value(String expression) {
        if (expression.startsWith("'")) {
            return expression.substring(1, expression.length() - 1);
        }
        if (!expression.matches("(inputs|steps|github)\\.[\\w.-]+")) {
            throw new IllegalStateException("Only values of contexts can be evaluated here, this one is " + expression);
        }
        return values.getOrDefault(expression, "");
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
