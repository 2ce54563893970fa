package io.evenkeel.pipeline.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolShipperTest {

    private static final SpoolId ID = new SpoolId("a", 2, "one");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Spools.MemorySink sink = new Spools.MemorySink();
    private final Map<String, Path> stored = new ConcurrentHashMap<>();
    private final List<String> people = new CopyOnWriteArrayList<>();

    private SpoolShipper shipper(EventSink events) {
        return SpoolShipper.start(new SpoolFolder(folder), ID, events, this::store, people::add);
    }

    private ArtifactSink.Answer store(Path file, String sha256, String contentType) {
        stored.put(sha256, file);
        return ArtifactSink.Answer.STORED;
    }

    private static String attempt(long seq, String status, int retry, Path attachment) {
        return "{\"v\":1,\"seq\":" + seq + ",\"t\":1,\"ev\":\"attempt.end\",\"id\":\"x\",\"retry\":" + retry
                + ",\"status\":\"" + status
                + "\",\"expected\":\"passed\",\"attachments\":[{\"name\":\"trace\",\"contentType\":\"application/zip\",\"path\":\""
                + attachment + "\"}]}\n";
    }

    @Nested
    class GivenHealthyCoordinator {

        @Test
        void whenSpoolsGrowAndNewOnesAppear_thenAllOfThemArrive() throws IOException {
            SpoolShipper shipper = shipper(sink);
            Spools.append(folder.resolve("a.ndjson"), Spools.line(1) + Spools.line(2));
            Spools.append(folder.resolve("a.2.ndjson"), Spools.line(1));
            Spools.append(folder.resolve("ab.ndjson"), Spools.line(1));

            assertThat(shipper.finish(LONG)).isEqualTo(SpoolShipper.Completion.ALL_SHIPPED);

            assertThat(sink.of("a")).hasSize(2);
            assertThat(sink.of("a.2")).hasSize(1);
            assertThat(sink.of("ab")).isEmpty();
            assertThat(sink.batches).allMatch(batch -> batch.spool().shard() == 2);
            assertThat(people).isEmpty();
        }

        @Test
        void whenAttemptFailed_thenItsFilesAreStoredAndTheEventNamesThem() throws IOException {
            Path trace = Files.writeString(folder.resolve("trace.zip"), "trace");
            Path unneeded = Files.writeString(folder.resolve("passed.zip"), "passed");
            Path gone = folder.resolve("gone.zip");
            Spools.append(
                    folder.resolve("a.ndjson"),
                    attempt(1, "failed", 0, trace)
                            + attempt(2, "passed", 1, trace)
                            + attempt(3, "passed", 0, unneeded)
                            + attempt(4, "failed", 0, gone));

            assertThat(shipper(sink).finish(LONG)).isEqualTo(SpoolShipper.Completion.ALL_SHIPPED);

            String hash =
                    Hashing.sha256().hashString("trace", StandardCharsets.UTF_8).toString();
            assertThat(stored).containsOnlyKeys(hash);
            assertThat(sink.of("a").get(0)).contains(hash, "\"size\":5");
            assertThat(sink.of("a").get(1)).contains(hash);
            assertThat(sink.of("a").get(2)).doesNotContain("sha256");
            assertThat(sink.of("a").get(3)).doesNotContain("sha256");
        }
    }

    @Nested
    class GivenCoordinatorInTrouble {

        @Test
        void whenItHangs_thenTheEndIsBoundedAndTheSpoolIsKept() throws Exception {
            Spools.append(folder.resolve("a.ndjson"), Spools.line(1));
            CountDownLatch asked = new CountDownLatch(1);
            SpoolShipper shipper = shipper(batch -> {
                asked.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new Acknowledgement.Unavailable("hung");
            });
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            SpoolShipper.Completion completion = shipper.finish(Duration.ofMillis(20));

            assertThat(completion).isEqualTo(SpoolShipper.Completion.LEFT_IN_SPOOL);
            assertThat(folder.resolve("a.ndjson")).hasContent(Spools.line(1));
            assertThat(people).singleElement().asString().contains(folder.toString());
        }

        @Test
        void whenItComesBackLater_thenAnotherProcessShipsTheRest() throws IOException {
            Spools.append(folder.resolve("a.ndjson"), Spools.line(1));
            Spools.append(folder.resolve("b.ndjson"), Spools.line(1) + Spools.line(2));
            SpoolFolder spools = new SpoolFolder(folder);
            SpoolShipper.SpoolIds ids = name -> new SpoolId(name, 0, "later");
            sink.failures = 2;

            int open = SpoolShipper.shipAll(spools, name -> true, ids, sink, LONG, people::add);
            int left = SpoolShipper.shipAll(spools, name -> true, ids, sink, LONG, people::add);

            assertThat(open).isEqualTo(2);
            assertThat(left).isZero();
            assertThat(sink.of("b")).hasSize(2);
        }
    }
}
