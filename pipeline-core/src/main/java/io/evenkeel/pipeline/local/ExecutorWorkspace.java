package io.evenkeel.pipeline.local;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteConfig;
import io.evenkeel.pipeline.discover.SuiteProject;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.workcopy.WorkCopy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A place for one executor on this machine: a work copy, a folder for the files of its tests, and reports of its own.
 *
 * <p>The copy lies in the system's folder for temporary files and goes away with {@link #close}; results are kept in {@code .evenkeel/local/<name>}. Immutable.
 */
public final class ExecutorWorkspace implements AutoCloseable {

    /** Tests that wait longer than this for a copy had better run without one. */
    private static final Duration COPYING = Duration.ofMinutes(5);

    private final WorkCopy copy;
    private final Path results;
    private final Map<String, String> environment;

    private ExecutorWorkspace(WorkCopy copy, Path results, Map<String, String> environment) {
        this.copy = copy;
        this.results = results;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Makes the place.
     *
     * @param project the project folder
     * @param evenkeelDir the {@code .evenkeel} folder
     * @param name of the executor: letters, digits, {@code -} and {@code _}
     * @param portVariable variable that gets a free port, empty for none
     * @param suite what was listed in the original
     * @throws IOException when there is no room or something cannot be read
     */
    public static ExecutorWorkspace make(Path project, Path evenkeelDir, String name, String portVariable, Suite suite)
            throws IOException {
        Path results = Files.createDirectories(
                evenkeelDir.resolve("local").resolve(name).toAbsolutePath());
        List<Path> leftOut = Stream.concat(
                        suite.config().outputDirs().stream().map(Path::of), Stream.of(evenkeelDir.toAbsolutePath()))
                .toList();
        WorkCopy copy = WorkCopy.ofProject(
                project, Path.of(System.getProperty("java.io.tmpdir")), leftOut, WorkCopy.Limits.within(COPYING));
        Map<String, String> environment = new HashMap<>(reports(results));
        if (!portVariable.isBlank()) {
            environment.put(portVariable, Integer.toString(freePort()));
        }
        return new ExecutorWorkspace(copy, results, environment);
    }

    /** Playwright's own variables for where its reporters write; the merged report of the run replaces these. */
    private static Map<String, String> reports(Path results) {
        Map<String, String> variables = new HashMap<>();
        String html = results.resolve("playwright-report").toString();
        variables.put("PLAYWRIGHT_HTML_OUTPUT_DIR", html);
        variables.put("PLAYWRIGHT_HTML_REPORT", html);
        variables.put("PLAYWRIGHT_HTML_OPEN", "never");
        variables.put("PW_TEST_HTML_REPORT_OPEN", "never");
        variables.put(
                "PLAYWRIGHT_BLOB_OUTPUT_DIR", results.resolve("blob-report").toString());
        for (String kind : List.of("JSON", "JUNIT")) {
            String file = results.resolve(kind.equals("JSON") ? "results.json" : "junit.xml")
                    .toString();
            variables.put("PLAYWRIGHT_" + kind + "_OUTPUT_FILE", file);
            variables.put("PLAYWRIGHT_" + kind + "_OUTPUT_NAME", file);
        }
        return variables;
    }

    /** Asks the system; somebody else may take the port before the server of the tests does, which then says so. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the command as it is typed in this place; absolute paths into the project lead into the copy. */
    public RunCommand command(RunCommand original) {
        String from = copy.from().toString();
        List<String> words = original.words().stream()
                .map(word -> word.replace(from, copy.folder().toString()))
                .toList();
        return original.withWords(words)
                .in(copy.copied(real(original.folder())))
                .withEnvironment(environment);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }

    /** Returns the options this place needs, for the agent's request. */
    public List<String> options() {
        return List.of("--output=" + outputDir());
    }

    private Path outputDir() {
        return results.resolve("test-results");
    }

    /** Returns the suite as it lies in this place: same ids, other folders. */
    public Suite suite(Suite original) {
        SuiteConfig config = original.config();
        return new Suite(
                new SuiteConfig(
                        config.playwright(),
                        config.config(),
                        copy.copied(Path.of(config.rootDir())).toString(),
                        config.workers(),
                        List.of(outputDir().toString())),
                original.projects().stream()
                        .map(project ->
                                new SuiteProject(project.info(), outputDir().toString()))
                        .toList(),
                original.tests(),
                original.setUp(),
                original.webServers());
    }

    /** Returns what a path told by this executor stands for in the project. */
    public Path original(Path path) {
        return copy.original(path);
    }

    /** Returns the folder that stays. */
    public Path results() {
        return results;
    }

    /** Removes the work copy; links in it are removed, not what they lead to. */
    @Override
    public void close() {
        copy.close();
    }
}
