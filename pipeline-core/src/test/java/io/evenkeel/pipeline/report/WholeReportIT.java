package io.evenkeel.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.report.MergeOutcome.Merged;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import io.evenkeel.pipeline.summary.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WholeReportIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Nested
    class GivenTwoShardsInDifferentFolders {

        @ParameterizedTest
        @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#newest")
        void whenMerged_thenEachTestStandsOnceInEveryReport(String version, @TempDir Path temp) throws Exception {
            RunCommand real = PlaywrightFixture.suite(version, temp.resolve("real"));
            Executor one = Executor.run(version, temp, 1);
            Executor two = Executor.run(version, temp, 2);
            assertThat(ids(one.json)).isNotEmpty().doesNotContainAnyElementsOf(withoutSetup(two));

            // The first executor is there twice, as if a second machine had claimed its tests again.
            Path again = Files.copy(one.blob, temp.resolve("one-again.zip"));
            Path target = temp.resolve("out/report");
            MergeRequest request = new MergeRequest(
                    List.of(one.blob, two.blob, again),
                    Set.of("s1", "s2", "one-again", "s4"),
                    new MergeRequest.Project(real.folder(), real.folder().resolve("playwright.config.ts")),
                    MergeRequest.Command.usual(real.folder()),
                    target);
            Merged merged = WholeReport.merge(request).match(m -> m, n -> {
                throw new AssertionError(n.reason());
            });

            Set<String> all = new java.util.TreeSet<>(ids(one.json));
            all.addAll(ids(two.json));
            assertThat(merged.tests()).isEqualTo(all.size());
            assertThat(merged.notes()).singleElement().asString().contains("executor s4");
            JsonNode json = MAPPER.readTree(target.resolve("report.json").toFile());
            assertThat(namesIn(json)).hasSize(all.size()).doesNotHaveDuplicates();
            assertThat(json.path("config").path("rootDir").asText())
                    .isEqualTo(real.folder().resolve("tests").toString());
            assertThat(Files.readString(target.resolve("report.json")))
                    .contains(real.folder().resolve("tests/broken.spec.ts").toString())
                    .doesNotContain(one.folder.toString(), two.folder.toString());
            assertThat(namesInJunit(Files.readString(target.resolve("junit.xml"))))
                    .hasSize(all.size())
                    .doesNotHaveDuplicates();
            List<String> html = HtmlReportData.testIds(target.resolve("html/index.html"));
            assertThat(html).hasSize(all.size()).doesNotHaveDuplicates();
            assertThat(target.resolve("html/data")).isNotEmptyDirectory();
            assertSummaryOfJsonReports(one, two);
        }

        /** The executors' own JSON reports say the same, read without any blob. */
        private void assertSummaryOfJsonReports(Executor one, Executor two) throws IOException {
            RunSummaryBuilder builder = new RunSummaryBuilder("run");
            PlaywrightJsonReport.read(List.of(one.jsonFile, two.jsonFile), builder);
            RunSummary summary = builder.build(Map.of());

            assertThat(summary.tests()).extracting(t -> t.name().id()).doesNotHaveDuplicates();
            // True ids, as only a reporter sees them.
            assertThat(summary.tests()).extracting(t -> t.name().id()).containsAll(BlobIds.of(one.blob));
            assertThat(summary.tests())
                    .filteredOn(t -> t.role() == TestRole.SETUP)
                    .extracting(t -> t.name().project())
                    .containsExactly("setup");
            assertThat(summary.counts().failed()).isEqualTo(1);
            assertThat(summary.counts().flaky()).isEqualTo(1);
            assertThat(summary.coverage().complete()).isTrue();
        }
    }

    private static List<String> withoutSetup(Executor executor) {
        return ids(executor.json).stream().filter(id -> !id.startsWith("setup")).toList();
    }

    /** Project, file and titles of each test. */
    private static List<String> ids(JsonNode report) {
        return namesIn(report);
    }

    private static List<String> namesIn(JsonNode report) {
        List<String> names = new ArrayList<>();
        report.path("suites").forEach(suite -> collect(suite, "", names));
        return names;
    }

    private static void collect(JsonNode suite, String titles, List<String> names) {
        String path = titles + "/" + suite.path("title").asText();
        for (JsonNode spec : suite.path("specs")) {
            for (JsonNode test : spec.path("tests")) {
                names.add(test.path("projectName").asText() + path + "/"
                        + spec.path("title").asText());
            }
        }
        suite.path("suites").forEach(inner -> collect(inner, path, names));
    }

    private static List<String> namesInJunit(String xml) {
        List<String> names = new ArrayList<>();
        String project = "";
        var tags = java.util.regex.Pattern.compile(
                        "<testsuite [^>]*hostname=\"([^\"]*)\"|<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"")
                .matcher(xml);
        while (tags.find()) {
            if (tags.group(1) != null) {
                project = tags.group(1);
            } else {
                names.add(project + ":" + tags.group(3) + ":" + tags.group(2));
            }
        }
        return names;
    }

    /** One executor: a work copy of its own that ran one of two shards. */
    private static final class Executor {
        final Path folder;
        final Path blob;
        final Path jsonFile;
        final JsonNode json;

        private Executor(Path folder, Path blob, Path jsonFile) throws IOException {
            this.folder = folder;
            this.blob = blob;
            this.jsonFile = jsonFile;
            this.json = MAPPER.readTree(jsonFile.toFile());
        }

        static Executor run(String version, Path temp, int shard) throws IOException, InterruptedException {
            Path folder = temp.resolve("copy-" + shard);
            RunCommand command = PlaywrightFixture.suite(version, folder);
            Path json = temp.resolve("s" + shard + ".json");
            Map<String, String> environment = new HashMap<>(command.environment());
            environment.put("PLAYWRIGHT_JSON_OUTPUT_NAME", json.toString());
            environment.put("FIXTURE_WORKERS", "2");
            Path log = temp.resolve("s" + shard + ".log");
            List<String> words = new ArrayList<>(command.words());
            words.addAll(List.of("--reporter=blob,json", "--shard=" + shard + "/2"));
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertThat(process.waitFor(Duration.ofMinutes(3).toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                    .as("%s", Files.readString(log))
                    .isTrue();
            try (Stream<Path> files = Files.list(folder.resolve("blob-report"))) {
                Path blob = files.findFirst().orElseThrow();
                return new Executor(folder, Files.copy(blob, temp.resolve("s" + shard + ".zip")), json);
            }
        }
    }

    /** Ids as Playwright's own test cases have them. */
    private static final class BlobIds {
        static Set<String> of(Path blob) throws IOException {
            try (BlobArchive archive = new BlobArchive(blob, BlobArchive.Limits.DEFAULT)) {
                return new TreeMap<>(new LinkedHashMap<>(BlobIndex.of(archive).tests)).keySet();
            }
        }
    }
}
