package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a coordinator in the middle of its work and compares what it had acknowledged with what is there afterwards. */
@Timeout(600)
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class DurabilityIT {

    private static final int KILLS = 3;
    private static final int SPOOLS = 4;
    private static final int TESTS = 400;
    private static final int BATCH = 10;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 40;

    @TempDir
    private Path folder;

    /** What the agents know to be safe: the last acknowledged number of each spool. */
    private final Map<String, Long> ledger = new ConcurrentHashMap<>();

    @Nested
    class GivenAgentsThatSend {

        @org.junit.jupiter.api.Test
        void whenTheCoordinatorIsKilled_thenNothingAcknowledgedIsLostAndNothingCountsTwice() throws Exception {
            String token;
            try (Program add = Program.start("project", "add", "shop", "--data", folder.toString())) {
                token = add.ended().lines().get(0);
            }
            Map<String, List<String>> spools = spools();
            for (int kill = 0; kill < KILLS; kill++) {
                try (Program program = Program.start("--port", "0", "--data", folder.toString())) {
                    Ci ci = new Ci(program.ready(), token);
                    ci.opened("build-1", "\"branch\":\"main\",\"discovered\":" + SPOOLS * TESTS);
                    compareWithLedger(ci);
                    sendUntilKilled(ci, program, spools);
                }
            }
            try (Program program = Program.start("--port", "0", "--data", folder.toString())) {
                Ci ci = new Ci(program.ready(), token);
                compareWithLedger(ci);
                for (int round = 0; round < 2; round++) {
                    spools.forEach((spool, lines) -> batches(lines)
                            .forEach(batch -> assertThat(
                                            ci.events("build-1", spool, batch).status())
                                    .isEqualTo(200)));
                }
                ci.finish("build-1", SPOOLS * TESTS, SPOOLS * TESTS, 0);
                assertEverythingCountsOnce(ci.get("/api/v1/runs/1").json());
                program.terminate();
                assertThat(program.ended().exitCode()).isZero();
            }
        }
    }

    private void compareWithLedger(Ci ci) {
        ledger.forEach((spool, acknowledged) -> assertThat(ci.events("build-1", spool, List.of())
                        .json()
                        .path("acknowledged")
                        .asLong())
                .as(spool)
                .isGreaterThanOrEqualTo(acknowledged));
    }

    private void sendUntilKilled(Ci ci, Program program, Map<String, List<String>> spools) throws Exception {
        CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService agents = Executors.newFixedThreadPool(SPOOLS);
        try {
            spools.forEach((spool, lines) -> agents.execute(() -> send(ci, spool, lines, enough, over)));
            assertThat(enough.await(300, TimeUnit.SECONDS)).isTrue();
            program.kill();
        } finally {
            over.set(true);
            agents.shutdown();
            assertThat(agents.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Sends like an agent: from what is acknowledged on; starts again from the beginning when all is there. */
    private void send(Ci ci, String spool, List<String> lines, CountDownLatch enough, AtomicBoolean over) {
        while (!over.get()) {
            int from = ledger.getOrDefault(spool, 0L).intValue() % lines.size();
            List<String> batch = lines.subList(from, Math.min(lines.size(), from + BATCH));
            try {
                Ci.Answer answer = ci.events("build-1", spool, batch);
                if (answer.status() == 200) {
                    ledger.merge(spool, answer.json().path("acknowledged").asLong(), Math::max);
                    enough.countDown();
                }
            } catch (RuntimeException e) {
                // The coordinator is dead: what was not acknowledged is sent to the next one.
                return;
            }
        }
    }

    private static void assertEverythingCountsOnce(JsonNode run) {
        assertThat(run.path("verdict").asText()).isEqualTo("passed");
        assertThat(run.path("counts").path("passed").asInt()).isEqualTo(SPOOLS * TESTS);
        assertThat(run.path("testMs").asLong()).isEqualTo(SPOOLS * TESTS * 7L);
        int attempts = 0;
        for (JsonNode executor : run.path("executors")) {
            attempts += executor.path("attempts").asInt();
        }
        assertThat(attempts).isEqualTo(SPOOLS * TESTS);
    }

    private static Map<String, List<String>> spools() {
        Map<String, List<String>> spools = new ConcurrentHashMap<>();
        for (int spool = 1; spool <= SPOOLS; spool++) {
            SpoolScript script = new SpoolScript(1_790_000_000_000L).begin(1);
            for (int i = 0; i < TESTS; i++) {
                Test test = Test.of("file-" + spool + ".spec.ts", "test " + i);
                script.announce(test, i + 1).start(test, 0).end(test, 0, "passed", 7);
            }
            spools.put("spool-" + spool, script.stop("passed").lines());
        }
        return spools;
    }

    private static List<List<String>> batches(List<String> lines) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += 500) {
            batches.add(lines.subList(from, Math.min(lines.size(), from + 500)));
        }
        return batches;
    }
}
