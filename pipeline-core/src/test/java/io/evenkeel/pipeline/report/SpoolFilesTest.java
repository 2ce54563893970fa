package io.evenkeel.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFilesTest {

    @TempDir
    Path folder;

    private final List<Long> seen = new ArrayList<>();

    private Optional<String> read(String content) throws IOException {
        Path spool = Files.writeString(folder.resolve("shard-1.ndjson"), content);
        return SpoolFiles.read(spool, (SpoolEvent e) -> seen.add(e.seq()));
    }

    private static String event(int seq) {
        return "{\"v\":1,\"seq\":" + seq + ",\"t\":5,\"ev\":\"run.end\",\"status\":\"passed\",\"durationMs\":3}";
    }

    @Nested
    class GivenASpool {

        @Test
        void whenItsLastLineIsCut_thenThatLineIsIgnored() throws IOException {
            assertThat(read(event(1) + "\n" + event(2) + "\n{\"v\":1,\"seq\":3,\"ev\""))
                    .isEmpty();
            assertThat(seen).containsExactly(1L, 2L);
        }

        @Test
        void whenALineIsNoEvent_thenTheRestIsReadAndItIsSaid() throws IOException {
            assertThat(read(event(1) + "\nnonsense\n" + event(3) + "\n"))
                    .hasValue("Spool shard-1.ndjson: 1 line is no event.");
            assertThat(seen).containsExactly(1L, 3L);
        }

        @Test
        void whenEventsAreThereTwiceOrMissing_thenEachCountsOnceAndTheGapIsSaid() throws IOException {
            assertThat(read(event(1) + "\n" + event(1) + "\n" + event(5) + "\n"))
                    .hasValue("Spool shard-1.ndjson: 3 events are missing.");
            assertThat(seen).containsExactly(1L, 5L);
        }
    }

    @Nested
    class GivenAFolder {

        @Test
        void whenItHoldsOtherFiles_thenOnlySpoolsAreFound() throws IOException {
            Files.writeString(folder.resolve("b.ndjson"), "");
            Files.writeString(folder.resolve("a.ndjson"), "");
            Files.writeString(folder.resolve("a.ack"), "3");

            assertThat(SpoolFiles.in(folder)).extracting(SpoolFiles::id).containsExactly("a", "b");
            assertThat(SpoolFiles.in(folder.resolve("absent"))).isEmpty();
        }
    }
}
