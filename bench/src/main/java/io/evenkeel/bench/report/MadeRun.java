package io.evenkeel.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The work folder that a report job finds after a large run: plan, manifest, and of each shard a spool and Playwright's blob report.
 *
 * <p>Immutable. The same size and seed give the same files.
 */
final class MadeRun {

    static final String KEY = "bench-1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BEGIN = 1_790_000_000_000L;

    private final List<List<MadeTest>> shards;
    private final int count;

    private MadeRun(List<List<MadeTest>> shards, int count) {
        this.shards = shards;
        this.count = count;
    }

    /** Makes a run whose files are dealt out to the shards in turn. */
    static MadeRun of(int tests, int shards, long seed) {
        List<List<MadeTest>> dealt = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            dealt.add(new ArrayList<>());
        }
        Map<String, Integer> shardOfFile = new LinkedHashMap<>();
        for (MadeTest test : MadeTest.make(tests, new SplittableRandom(seed))) {
            int shard = shardOfFile.computeIfAbsent(test.file(), file -> shardOfFile.size() % shards);
            dealt.get(shard).add(test);
        }
        return new MadeRun(dealt, tests);
    }

    /** Returns how many tests have failed in the end. */
    long failed() {
        return shards.stream()
                .flatMap(List::stream)
                .filter(test -> test.statuses().get(test.statuses().size() - 1).equals("failed"))
                .count();
    }

    /** Writes {@code .evenkeel} into a folder. */
    void writeTo(Path project) throws IOException {
        Path work = project.resolve(".evenkeel");
        Path spools = Files.createDirectories(work.resolve("spool"));
        Path blobs = Files.createDirectories(work.resolve("blob"));
        Files.writeString(work.resolve("plan.json"), plan());
        Files.writeString(spools.resolve(KEY + ".run.json"), manifest());
        for (int i = 1; i <= shards.size(); i++) {
            String name = KEY + "_s" + i + ".bench";
            List<MadeTest> tests = shards.get(i - 1);
            try (Writer out = Files.newBufferedWriter(spools.resolve(name + ".ndjson"))) {
                new MadeSpool(out, BEGIN).write(tests, project.resolve("tests"));
            }
            MadeBlob.write(blobs.resolve(name + ".zip"), tests, project.resolve("tests"), BEGIN);
        }
    }

    private String manifest() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", 1);
        json.put("run", KEY);
        json.put("command", List.of("npx", "playwright", "test"));
        json.put("copies", List.of());
        json.put("suite", "playwright.config.ts");
        json.put("branch", "main");
        json.put("commit", "6dcb09b5b57875f334f61aebed695e2e4193db5e");
        json.put("ciUrl", "");
        json.put("pullRequest", "");
        json.put("discovered", count);
        json.put("executors", shards.size());
        return JSON.writeValueAsString(json);
    }

    private String plan() throws IOException {
        List<Map<String, Object>> planned = new ArrayList<>();
        long longest = 0;
        for (int i = 1; i <= shards.size(); i++) {
            long load =
                    shards.get(i - 1).stream().mapToLong(MadeTest::durationMs).sum();
            longest = Math.max(longest, load);
            planned.add(Map.of(
                    "index",
                    i,
                    "loadMs",
                    load,
                    "tests",
                    shards.get(i - 1).stream().map(MadeTest::id).toList()));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", 1);
        json.put("run", KEY);
        json.put("suite", "playwright.config.ts");
        json.put("playwright", "1.65.1");
        json.put("digest", "0".repeat(64));
        json.put("workers", 1);
        json.put("discovered", count);
        json.put("makespanMs", longest);
        json.put("lowerBoundMs", longest);
        json.put("ratio", 1.0);
        json.put("estimatedFrom", "history");
        json.put("shards", planned);
        return JSON.writeValueAsString(json);
    }
}
