package io.evenkeel.pipeline.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes blob reports in the form of Playwright 1.65.1, test by test. */
final class BlobFile {

    private final String folder;
    private final Map<String, List<String>> projects = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final Map<String, String> further = new LinkedHashMap<>();

    BlobFile(String folder) {
        this.folder = folder;
        projects.put("setup", new ArrayList<>());
        projects.put("desktop", new ArrayList<>());
    }

    BlobFile test(String project, String id, String... statuses) {
        projects.computeIfAbsent(project, name -> new ArrayList<>())
                .add(
                        "{\"testId\":\"" + id + "\",\"title\":\"" + id
                                + "\",\"location\":{\"file\":\"a.spec.ts\",\"line\":3,\"column\":1},\"retries\":1,\"tags\":[],\"repeatEachIndex\":0,\"annotations\":[]}");
        for (int retry = 0; retry < statuses.length; retry++) {
            String result = id + "-" + retry + "-" + folder.hashCode();
            boolean elsewhere = statuses[retry].equals("claimed-elsewhere");
            String annotations = elsewhere ? "[{\"type\":\"claimed-elsewhere\"}]" : "[]";
            String errors = statuses[retry].equals("failed")
                    ? "[{\"message\":\"at " + folder + "/tests/a.spec.ts:3\",\"stack\":\"file://" + folder
                            + "/tests/a.spec.ts and " + folder + "-other/x\"}]"
                    : "[]";
            events.add("{\"method\":\"onTestBegin\",\"params\":{\"testId\":\"" + id + "\",\"result\":{\"id\":\""
                    + result + "\",\"retry\":" + retry
                    + ",\"workerIndex\":0,\"parallelIndex\":0,\"startTime\":1795260145807}}}");
            events.add("{\"method\":\"onTestEnd\",\"params\":{\"test\":{\"testId\":\"" + id
                    + "\",\"expectedStatus\":\"passed\",\"timeout\":10000,\"annotations\":" + annotations
                    + "},\"result\":{\"id\":\"" + result + "\",\"duration\":636,\"status\":\""
                    + (elsewhere ? "skipped" : statuses[retry]) + "\",\"errors\":" + errors + "}}}");
        }
        return this;
    }

    BlobFile entry(String name, String content) {
        further.put(name, content);
        return this;
    }

    Path writeTo(Path file) throws IOException {
        StringBuilder report = new StringBuilder();
        line(
                report,
                "{\"method\":\"onBlobReportMetadata\",\"params\":{\"version\":2,\"userAgent\":\"x\",\"pathSeparator\":\"/\"}}");
        line(
                report,
                "{\"method\":\"onConfigure\",\"params\":{\"config\":{\"configFile\":\"../playwright.config.ts\",\"globalTimeout\":0,\"maxFailures\":0,\"metadata\":{},\"rootDir\":\""
                        + folder + "/tests\",\"version\":\"1.65.1\",\"workers\":1}}}");
        projects.forEach((name, tests) -> line(
                report,
                "{\"method\":\"onProject\",\"params\":{\"project\":{\"metadata\":{},\"name\":\"" + name
                        + "\",\"outputDir\":\"../test-results\",\"repeatEach\":1,\"retries\":1,\"testDir\":\"\",\"testIgnore\":[],\"testMatch\":[],\"timeout\":10000,\"suites\":[{\"title\":\"a.spec.ts\",\"location\":{\"file\":\"a.spec.ts\",\"line\":0,\"column\":0},\"entries\":["
                        + String.join(",", tests) + "]}],\"grep\":[],\"grepInvert\":[],\"dependencies\":"
                        + (name.equals("desktop") ? "[\"setup\"]" : "[]") + ",\"snapshotDir\":\"\"}}}"));
        line(report, "{\"method\":\"onBegin\"}");
        events.forEach(e -> line(report, e));
        line(
                report,
                "{\"method\":\"onEnd\",\"params\":{\"result\":{\"status\":\"passed\",\"startTime\":1795260144894,\"duration\":12931.4}}}");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            further.put("report.jsonl", report.toString());
            for (Map.Entry<String, String> entry : further.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private static void line(StringBuilder report, String line) {
        report.append(line).append('\n');
    }
}
