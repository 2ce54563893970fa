package io.evenkeel.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of action.yml, job by job as docs/how-to/github/basic.yml has them, with nothing between jobs but artifacts. */
class ActionIT {

    private static final Path EXAMPLE = Path.of("../fixtures/forges/suite");
    private static final String HEAD = "ce587453ced02b1526dfb4cb910479d431683101";
    private static final String MERGE = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    @TempDir
    Path temp;

    private final AtomicInteger downloads = new AtomicInteger();
    private FakeGithub github;
    private HttpServer releases;
    private byte[] jar;
    private Path action;

    @BeforeEach
    void start() throws Exception {
        github = FakeGithub.start("");
        github.pull(17, "cart", HEAD);
        Path published = release();
        jar = Files.readAllBytes(published.resolve("evenkeel-github.jar"));
        action = published.resolve("github-action");
        releases = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        releases.createContext("/evenkeel-github.jar", exchange -> {
            downloads.incrementAndGet();
            exchange.sendResponseHeaders(200, jar.length);
            exchange.getResponseBody().write(jar);
            exchange.close();
        });
        releases.start();
        Files.writeString(temp.resolve("event.json"), """
            {"action":"synchronize","number":17,"pull_request":{"number":17,"head":{"sha":"%s","ref":"cart",
            "repo":{"full_name":"shop/web","owner":{"login":"shop"}}},"base":{"ref":"main"}}}
            """.formatted(HEAD));
    }

    @AfterEach
    void everyRequestKeptTheContract() {
        if (github != null) {
            releases.stop(0);
            github.close();
            assertThat(github.server.breaches()).isEmpty();
        }
    }

    /** The action and the jar as a release has them. */
    private Path release() throws Exception {
        Path published = temp.resolve("release");
        ProcessBuilder builder = new ProcessBuilder("bash", "../scripts/release-files.sh", published.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("release.log").toFile());
        builder.environment()
                .put("RELEASE_JAR", Path.of("target/evenkeel.jar").toRealPath().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
        return published;
    }

    private Map<String, String> variables() {
        Map<String, String> env = new TreeMap<>();
        env.put("GITHUB_API_URL", github.server.url());
        env.put("GITHUB_SERVER_URL", "https://github.example");
        env.put("GITHUB_REPOSITORY", "shop/web");
        env.put("GITHUB_REPOSITORY_OWNER", "shop");
        env.put("GITHUB_ACTOR", "somebody");
        env.put("GITHUB_EVENT_NAME", "pull_request");
        env.put("GITHUB_EVENT_PATH", temp.resolve("event.json").toString());
        env.put("GITHUB_REF", "refs/pull/17/merge");
        env.put("GITHUB_REF_NAME", "17/merge");
        env.put("GITHUB_REF_TYPE", "branch");
        env.put("GITHUB_HEAD_REF", "cart");
        env.put("GITHUB_BASE_REF", "main");
        env.put("GITHUB_SHA", MERGE);
        env.put("GITHUB_RUN_ID", "991");
        env.put("GITHUB_RUN_NUMBER", "12");
        env.put("GITHUB_RUN_ATTEMPT", "1");
        env.put("GITHUB_WORKFLOW", "e2e");
        return env;
    }

    /** A job in a fresh checkout, as each job on GitHub has one. */
    private Runner.Job job(String name, String token) throws IOException {
        Path workspace = Files.createDirectories(temp.resolve(name).resolve("web"));
        copy(EXAMPLE.resolve("tests"), workspace.resolve("tests"));
        Files.copy(EXAMPLE.resolve("playwright.config.ts"), workspace.resolve("playwright.config.ts"));
        Files.createSymbolicLink(
                workspace.resolve("node_modules"),
                Path.of("../examples/shop/node_modules").toRealPath());
        return new Runner.Job(workspace, Files.createDirectories(temp.resolve(name + "-temp")), variables(), token);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Hands files on as actions/upload-artifact and download-artifact do. */
    private static void artifact(Runner.Job from, Runner.Job to, String... paths) throws IOException {
        for (String path : paths) {
            Path file = from.workspace().resolve(".evenkeel").resolve(path);
            Path target = to.workspace().resolve(".evenkeel").resolve(path);
            if (Files.isDirectory(file)) {
                copyMerged(file, target);
            } else {
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
    }

    private static void copyMerged(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(file.getFileName().toString());
                if (!Files.exists(target)) {
                    copy(file, target);
                }
            }
        }
    }

    private Map<String, String> with(String... pairs) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("jar-url", "http://127.0.0.1:" + releases.getAddress().getPort() + "/evenkeel-github.jar");
        for (int i = 0; i < pairs.length; i += 2) {
            inputs.put(pairs[i], pairs[i + 1]);
        }
        return inputs;
    }

    /** Plans and runs all shards with a broken test, and returns a report job that has their artifacts. */
    private Runner.Job reportJob(int shards, String token) throws Exception {
        Runner.Job plan = job("plan", token);
        Runner.Result planned = new Runner(action, plan).run(with("command", "plan", "shards", String.valueOf(shards)));
        assertThat(planned.exitCode()).as(planned.log()).isZero();
        assertThat(planned.outputs())
                .containsEntry("count", String.valueOf(shards))
                .containsEntry("total", String.valueOf(shards))
                .containsEntry("run", "github-991-1");
        List<String> indexes = List.of(planned.outputs()
                .getOrDefault("matrix", "")
                .replaceAll("[^0-9,]", "")
                .split(","));
        assertThat(indexes).hasSize(shards);

        Runner.Job report = job("report", token);
        artifact(plan, report, "plan.json", "adapters");
        for (String index : indexes) {
            Runner.Job shard = job("shard-" + index, token);
            artifact(plan, shard, "plan.json", "adapters");
            shard.github().put("EXAMPLE_BROKEN", "cart");
            Runner.Result ran = new Runner(action, shard)
                    .run(with("command", "run", "shard", index + "/" + shards, "run-key", "github-991-1"));
            assertThat(ran.exitCode()).as(ran.log()).isEqualTo(1);
            assertThat(shard.workspace().resolve(".evenkeel/spool"))
                    .as(ran.log())
                    .isNotEmptyDirectory();
            artifact(shard, report, "spool", "blob");
        }
        return report;
    }

    @Test
    void whenPlanTwoShardsAndReportRun_thenThereIsOneCommentAndOneCheckHoweverOften() throws Exception {
        Runner.Job job = reportJob(2, "ghs_secret");
        int before = downloads.get();

        Runner.Result first = new Runner(action, job).run(with("command", "report", "run-key", "github-991-1"));
        Runner.Result second = new Runner(action, job).run(with("command", "report", "run-key", "github-991-1"));

        assertThat(first.exitCode()).as(first.log()).isEqualTo(1);
        assertThat(second.exitCode()).as(second.log()).isEqualTo(1);
        assertThat(first.outputs()).containsEntry("verdict", "failed").containsEntry("failed", "2");
        assertThat(first.summaries()).startsWith("### ❌ 2 of 12 tests failed");
        assertThat(github.onlyComment()).contains("### ❌ 2 of 12 tests failed");
        assertThat(github.checks).hasSize(1);
        assertThat(github.checks.values().iterator().next().path("head_sha").asText())
                .isEqualTo(HEAD);
        assertThat(first.log() + second.log()).doesNotContain("ghs_secret");
        // RUNNER_TEMP outlives a step, so the second step of a job downloads nothing.
        assertThat(downloads.get() - before).isEqualTo(1);

        Runner.Result again = new Runner(action, job).run(with("command", "rerun", "run-key", "github-991-1"));

        assertThat(again.exitCode()).as(again.log()).isZero();
        assertThat(again.log()).contains("2 passed").doesNotContain("12 passed");
    }

    @Test
    void whenThereIsNoToken_thenSummaryAnnotationsAndExitCodeAreRightAndOneLineSaysWhatIsMissing() throws Exception {
        Runner.Job job = reportJob(1, "");

        Runner.Result report = new Runner(action, job).run(with("command", "report"));

        assertThat(report.exitCode()).as(report.log()).isEqualTo(1);
        assertThat(report.outputs()).containsEntry("verdict", "failed").containsEntry("failed", "2");
        assertThat(report.summaries()).startsWith("### ❌ 2 of 12 tests failed");
        assertThat(report.log().lines().filter(line -> line.startsWith("::error file=tests/cart.spec.ts,line=")))
                .hasSize(2);
        assertThat(report.log().lines().filter(line -> line.contains("without a token")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("checks: write", "pull-requests: write"));
        assertThat(job.workspace().resolve(".evenkeel/report/html/index.html")).exists();
        assertThat(github.server.requests()).isEmpty();
    }

    /** Images of Playwright's own have no Java: plan file and reporter come from the plan job's artifact, and nothing is downloaded. */
    @Test
    void whenTheShardHasNoJar_thenTheReporterTakesItsShareAndTheReportIsWhole() throws Exception {
        Path noJar = temp.resolve("no-jar");
        copy(action, noJar);
        Files.delete(noJar.resolve("evenkeel.jar.sha256"));
        Runner.Job plan = job("plan", "");
        assertThat(new Runner(action, plan)
                        .run(with("command", "plan", "shards", "2"))
                        .exitCode())
                .isZero();
        Runner.Job report = job("report", "");
        artifact(plan, report, "plan.json", "adapters");
        int before = downloads.get();
        for (int index = 1; index <= 2; index++) {
            Runner.Job shard = job("shard-" + index, "");
            artifact(plan, shard, "plan.json", "adapters");
            Runner.Result ran = new Runner(noJar, shard)
                    .run(with("command", "run", "shard", index + "/2", "run-key", "github-991-1"));
            assertThat(ran.exitCode()).as(ran.log()).isZero();
            artifact(shard, report, "spool");
        }
        assertThat(downloads.get()).isEqualTo(before);

        Runner.Result reported = new Runner(action, report)
                .run(with("command", "report", "run-key", "github-991-1", "arguments", "--no-report"));

        assertThat(reported.exitCode()).as(reported.log()).isZero();
        assertThat(reported.outputs()).containsEntry("verdict", "passed");
        assertThat(reported.summaries()).contains("12 tests passed");
    }

    @Test
    void whenTheJarIsNotTheOneExpected_thenItIsDeletedAndNeverStarted() throws Exception {
        Runner.Job job = job("plan", "");

        Runner.Result planned =
                new Runner(action, job).run(with("command", "plan", "shards", "2", "jar-sha256", "0".repeat(64)));

        assertThat(planned.exitCode()).isEqualTo(3);
        assertThat(planned.log()).contains("::error::evenkeel: the jar from http", "does not have the SHA-256 0000");
        assertThat(job.temp().resolve("evenkeel-" + "0".repeat(64) + ".jar")).doesNotExist();
        assertThat(job.workspace().resolve(".evenkeel")).doesNotExist();
    }
}
