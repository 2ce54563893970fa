package io.evenkeel.pipeline.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.flaky.history.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is in one blob report: its folders, its projects, and what it says about each test. One thread. */
final class BlobIndex {

    private static final String CLAIMED_ELSEWHERE = "claimed-elsewhere";

    /** What one blob says about one test. */
    static final class Entry {
        final String project;
        final List<AttemptStatus> statuses = new ArrayList<>(1);
        AttemptStatus expected = AttemptStatus.PASSED;
        boolean claimedElsewhere;

        Entry(String project) {
            this.project = project;
        }

        /** Returns how much the blob knows: 0 nothing, 1 only interrupted attempts or a skip, 2 a result. */
        int weight() {
            if (statuses.isEmpty() || claimedElsewhere) {
                return 0;
            }
            boolean decided =
                    statuses.stream().anyMatch(s -> s != AttemptStatus.INTERRUPTED && s != AttemptStatus.SKIPPED);
            return decided ? 2 : 1;
        }

        int badness() {
            return Verdict.of(statuses, expected).match(p -> 1, f -> 2, f -> 3, s -> 0);
        }
    }

    final Map<String, Entry> tests = new LinkedHashMap<>();
    final Map<String, Set<String>> testsOfProject = new HashMap<>();
    final Set<String> setups = new HashSet<>();
    String rootDir = "";
    String configFile = "";
    String separator = "/";
    boolean ended;

    /** Reads all events of an archive. */
    static BlobIndex of(BlobArchive archive) throws IOException {
        BlobIndex index = new BlobIndex();
        archive.eachLine(index::add);
        if (!index.ended) {
            throw new RefusedFileException("its report has no end");
        }
        return index;
    }

    private void add(String line) {
        switch (BlobEvent.method(line)) {
            case "onBlobReportMetadata" ->
                separator = BlobEvent.read(line)
                        .path("params")
                        .path("pathSeparator")
                        .asText("/");
            case "onConfigure" -> configure(BlobEvent.read(line).path("params").path("config"));
            case "onProject" -> project(line);
            case "onTestEnd" -> testEnd(BlobEvent.read(line));
            case "onEnd" -> ended = true;
            default -> {
                // Steps and output matter only when the report is written.
            }
        }
    }

    private void configure(JsonNode config) {
        rootDir = config.path("rootDir").asText("");
        configFile = config.path("configFile").asText("");
    }

    private void project(String line) {
        List<String> ids = new ArrayList<>();
        ObjectNode project = BlobEvent.project(line, ids::add);
        String name = project.path("name").asText("");
        ids.forEach(id -> tests.putIfAbsent(id, new Entry(name)));
        testsOfProject.computeIfAbsent(name, n -> new HashSet<>()).addAll(ids);
        project.path("dependencies").forEach(d -> setups.add(d.asText()));
        if (project.hasNonNull("teardown")) {
            setups.add(project.path("teardown").asText());
        }
    }

    private void testEnd(ObjectNode event) {
        JsonNode params = event.path("params");
        Entry entry = tests.computeIfAbsent(BlobEvent.testId(event), id -> new Entry(""));
        AttemptStatus.fromWireName(params.path("result").path("status").asText())
                .ifPresent(entry.statuses::add);
        AttemptStatus.fromWireName(params.path("test").path("expectedStatus").asText())
                .ifPresent(e -> entry.expected = e);
        for (JsonNode owner : List.of(params.path("test"), params.path("result"))) {
            for (JsonNode annotation : owner.path("annotations")) {
                entry.claimedElsewhere |= annotation.path("type").asText().equals(CLAIMED_ELSEWHERE);
            }
        }
    }
}
