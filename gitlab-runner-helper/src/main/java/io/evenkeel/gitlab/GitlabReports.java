package io.evenkeel.gitlab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import io.evenkeel.gitlab.GitlabEnvironment.ReportFiles;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.host.ReportOutputs;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.summary.RunSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the files GitLab shows without any token: JUnit, code quality, metrics, dotenv. Thread-safe. */
final class GitlabReports {

    private GitlabReports() {}

    static void write(ReportFiles files, Publication publication) throws IOException {
        Path folder = Files.createDirectories(files.folder());
        Files.writeString(
                folder.resolve("junit.xml"),
                JunitReport.of(publication, new Attachments(files.project())),
                StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("code-quality.json"), codeQuality(publication), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("metrics.txt"), metrics(publication.summary()), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("evenkeel.env"), dotenv(publication), StandardCharsets.UTF_8);
    }

    /** Proposed repairs as findings at the line of the broken locator. */
    static String codeQuality(Publication publication) {
        ArrayNode findings = new ObjectMapper().createArrayNode();
        for (HealEvent heal : publication.summary().findings().heals()) {
            heal.locator().healed().ifPresent(healed -> {
                boolean verified = heal.verification().map(v -> v.success()).orElse(false);
                String path =
                        publication.style().sources().project() + heal.subject().file();
                ObjectNode finding = findings.addObject();
                finding.put(
                        "description",
                        String.format(
                                Locale.ROOT,
                                "Broken locator: %s, proposed: %s (confidence %.2f, %s)",
                                heal.locator().original(),
                                healed,
                                heal.decision().confidence(),
                                verified ? "verified by re-runs" : "not verified"));
                finding.put("check_name", "evenkeel/broken-locator");
                finding.put(
                        "fingerprint",
                        Hashing.sha256()
                                .hashString(path + "\n" + heal.locator().original(), StandardCharsets.UTF_8)
                                .toString());
                finding.put("severity", verified ? "minor" : "info");
                finding.putObject("location")
                        .put("path", path)
                        .putObject("lines")
                        .put("begin", Math.max(1, heal.subject().line()));
            });
        }
        return findings.toPrettyString() + "\n";
    }

    /** OpenMetrics text; the merge request shows what changed against the target branch. */
    static String metrics(RunSummary summary) {
        RunSummary.Counts counts = summary.counts();
        Map<String, Number> values = new java.util.LinkedHashMap<>();
        values.put("evenkeel_tests_discovered", summary.coverage().discovered());
        values.put("evenkeel_tests_executed", summary.coverage().executed());
        values.put("evenkeel_tests_failed", counts.failed());
        values.put("evenkeel_tests_flaky", counts.flaky());
        values.put("evenkeel_tests_skipped", counts.skipped());
        values.put("evenkeel_wall_seconds", summary.facts().wall().toMillis() / 1000.0);
        values.put("evenkeel_test_seconds", summary.facts().testTime().toMillis() / 1000.0);
        return values.entrySet().stream()
                .map(value -> value.getKey() + " " + value.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Variables for later jobs: {@code EVENKEEL_VERDICT} and the other outputs. */
    static String dotenv(Publication publication) {
        return ReportOutputs.of(publication).entrySet().stream()
                .map(output ->
                        "EVENKEEL_" + output.getKey().toUpperCase(Locale.ROOT).replace('-', '_') + "="
                                + output.getValue().replaceAll("[\\r\\n]+", " ") + "\n")
                .collect(Collectors.joining());
    }
}
