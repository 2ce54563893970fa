package io.evenkeel.pipeline.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolAppenderTest {

    @TempDir
    Path folder;

    @Test
    void whenReporterWasKilledInTheMiddleOfALine_thenTheCutLineGivesWay() throws IOException {
        Path file = Spools.append(
                folder.resolve("a.ndjson"), Spools.line(1) + Spools.line(2).substring(0, 9));

        new SpoolAppender(file).append(seq -> Spools.line(seq).strip());

        assertThat(Files.readString(file)).isEqualTo(Spools.line(1) + Spools.line(2));
    }

    @Test
    void whenSpoolIsEmpty_thenTheFirstNumberIsOne() throws IOException {
        Path file = Spools.append(folder.resolve("a.ndjson"), "");

        new SpoolAppender(file).append(seq -> Spools.line(seq).strip());

        assertThat(Files.readString(file)).isEqualTo(Spools.line(1));
    }
}
