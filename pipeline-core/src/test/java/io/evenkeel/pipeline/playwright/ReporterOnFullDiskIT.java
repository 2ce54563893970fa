package io.evenkeel.pipeline.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.spool.SpoolLine;
import io.evenkeel.pipeline.spool.SpoolReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reporter while writes to its spool fail; begin, twenty lines of output and the end make 22 events. */
class ReporterOnFullDiskIT {

    private static final Long[] ALL = LongStream.rangeClosed(1, 22).boxed().toArray(Long[]::new);

    @TempDir
    Path folder;

    private Path spool() {
        return folder.resolve("a.ndjson");
    }

    private Path rest() {
        return folder.resolve("rest.ndjson");
    }

    private String run(int room, int again) throws IOException, URISyntaxException, InterruptedException {
        Path script = Path.of(
                Objects.requireNonNull(getClass().getResource("full-disk.cjs")).toURI());
        Path reporter = Adapters.install(folder.resolve("adapters")).reporter();
        Path output = folder.resolve("output.txt");
        RunCommand command = new RunCommand(
                List.of("node", script.toString(), reporter.toString(), "" + room, "" + again),
                folder,
                Map.of(
                        "EVENKEEL_AGENT",
                        "1",
                        "EVENKEEL_SPOOL",
                        spool().toString(),
                        "EVENKEEL_SPOOL_REST",
                        rest().toString(),
                        "EVENKEEL_BLOB",
                        ""));

        assertThat(CommandProcess.writingTo(output, command).waitFor(Duration.ofMinutes(1)))
                .hasValue(0);
        return Files.readString(output);
    }

    private static List<Long> seqs(Path file) throws IOException {
        List<Long> seqs = new ArrayList<>();
        SpoolReader reader = new SpoolReader(file);
        for (List<SpoolLine> lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
            lines.forEach(line -> seqs.add(line.match(event -> event.event().seq(), broken -> -broken.line())));
        }
        return seqs;
    }

    @Test
    void whenThereIsRoomAgain_thenNothingIsMissingAndNoLineIsCut() throws Exception {
        String output = run(5, 9);

        assertThat(seqs(spool())).containsExactly(ALL);
        assertThat(rest()).doesNotExist();
        assertThat(output).containsOnlyOnce("evenkeel: cannot write").contains("ENOSPC");
    }

    @Test
    void whenItStaysFull_thenTheRestIsKeptElsewhereAndTold() throws Exception {
        String output = run(5, Integer.MAX_VALUE);

        List<Long> seqs = new ArrayList<>(seqs(spool()));
        assertThat(seqs).hasSize(4);
        seqs.addAll(seqs(rest()));
        assertThat(seqs).containsExactly(ALL);
        assertThat(output).contains(rest().toString());
    }
}
