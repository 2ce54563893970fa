package io.evenkeel.pipeline.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolReaderTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("a.ndjson");
    }

    private static List<Long> seqs(List<SpoolLine> lines) {
        return lines.stream()
                .map(line -> line.match(e -> e.event().seq(), broken -> -broken.line()))
                .toList();
    }

    private static List<SpoolLine> all(SpoolReader reader) throws IOException {
        List<SpoolLine> all = new ArrayList<>();
        for (List<SpoolLine> lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
            all.addAll(lines);
        }
        return all;
    }

    @Nested
    class GivenGrowingFile {

        @Test
        void whenLineIsCut_thenItComesOnceItIsComplete() throws IOException {
            String second = Spools.line(2);
            Spools.append(file(), Spools.line(1) + second.substring(0, 20));
            SpoolReader reader = new SpoolReader(file());

            assertThat(seqs(all(reader))).containsExactly(1L);
            Spools.append(file(), second.substring(20));

            assertThat(seqs(all(reader))).containsExactly(2L);
            assertThat(reader.poll()).isEmpty();
        }

        @Test
        void whenCutAnywhereEvenInsideOfCharacters_thenNothingIsLost() throws IOException {
            byte[] bytes =
                    (Spools.line(1).replace("t1", "ümläut 🛒") + Spools.line(2)).getBytes(StandardCharsets.UTF_8);
            for (int cut = 0; cut <= bytes.length; cut++) {
                Path file = folder.resolve(cut + ".ndjson");
                Files.write(file, Arrays.copyOf(bytes, cut));
                SpoolReader reader = new SpoolReader(file);
                List<SpoolLine> lines = new ArrayList<>(all(reader));
                Files.write(file, bytes);
                lines.addAll(all(reader));

                assertThat(seqs(lines)).as("cut at %d", cut).containsExactly(1L, 2L);
                assertThat(lines.get(0).<String>match(e -> e.event().json(), b -> ""))
                        .contains("ümläut 🛒");
            }
        }
    }

    @Nested
    class GivenBrokenLines {

        @Test
        void whenRead_thenTheyAreNamedAndTheOthersComeThrough() throws IOException {
            Spools.append(file(), Spools.line(1) + "{\"v\":1,\n\n[]\n{\"ev\":\"x\"}\n" + Spools.line(2));

            List<SpoolLine> lines = all(new SpoolReader(file()));

            assertThat(seqs(lines)).containsExactly(1L, -2L, -3L, -4L, -5L, 2L);
            assertThat(lines.get(1).<String>match(e -> "", SpoolLine.Broken::reason))
                    .startsWith("not JSON");
        }

        @Test
        void whenLineIsLongerThanAnyEvent_thenItIsSkippedWithoutBeingHeld() throws IOException {
            byte[] block = new byte[1024 * 1024];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 40; i++) {
                Spools.append(file(), new String(block, StandardCharsets.US_ASCII));
            }
            Spools.append(file(), "\n" + Spools.line(1));

            assertThat(seqs(all(new SpoolReader(file())))).containsExactly(-1L, 1L);
        }

        @Test
        void whenFileIsNoise_thenEveryLineIsBrokenAndNothingThrows() throws IOException {
            byte[] noise = new byte[200_000];
            new Random(7).nextBytes(noise);
            Files.write(file(), noise);

            assertThat(all(new SpoolReader(file())))
                    .isNotEmpty()
                    .allMatch(line -> line.match(event -> false, broken -> true));
        }
    }
}
