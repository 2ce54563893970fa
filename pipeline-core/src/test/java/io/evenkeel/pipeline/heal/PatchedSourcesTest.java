package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PatchedSourcesTest {

    private static final String SOURCE = "find('ü'); find('b'); find('c')";

    private static Patch patch(String source, String before, String after) {
        int start = bytes(source.substring(0, source.indexOf(before))).length;
        return new Patch(
                "page.ts",
                new Patch.Range(start, start + bytes(before).length),
                before,
                after,
                new Patch.Definition(DefinitionKind.FIELD, "x", new CallSite("page.ts", 1, 1), List.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PatchedSources made(Patch... patches) {
        return new PatchedSources(SourceFiles.of(Map.of("page.ts", bytes(SOURCE))), List.of(patches));
    }

    private static String read(PatchedSources sources) {
        return new String(sources.read("/work/page.ts").orElseThrow(), StandardCharsets.UTF_8);
    }

    @Nested
    class GivenARepairOnTheLine {

        private final PatchedSources made = made(patch(SOURCE, "'b'", "'longer than before'"));

        @Test
        void whenTheFileIsRead_thenItHoldsTheRepair() {
            assertThat(read(made)).isEqualTo("find('ü'); find('longer than before'); find('c')");
        }

        @Test
        void whenAPatchBehindItIsRebased_thenItFitsTheFileWithoutTheRepair() {
            assertThat(made.rebased(patch(read(made), "'c'", "'d'"))).hasValue(patch(SOURCE, "'c'", "'d'"));
        }

        @Test
        void whenAPatchBeforeItIsRebased_thenItStays() {
            assertThat(made.rebased(patch(read(made), "'ü'", "'d'"))).hasValue(patch(SOURCE, "'ü'", "'d'"));
        }

        @Test
        void whenAPatchChangesTheRepair_thenThereIsNone() {
            assertThat(made.rebased(patch(read(made), "than", "then"))).isEmpty();
        }

        @Test
        void whenTheFileHasChanged_thenItIsNotThere() {
            assertThat(made(patch("find('x')", "'x'", "'y'")).read("page.ts")).isEmpty();
        }
    }

    @Nested
    class GivenManyRepairs {

        @Test
        void whenOneMoreIsRebased_thenAllTogetherGiveWhatItWasMadeFor() {
            long seed = 20261121;
            Random random = new Random(seed);
            for (int round = 0; round < 200; round++) {
                int free = random.nextInt(3);
                List<Patch> repairs = List.of("'ü'", "'b'", "'c'").stream()
                        .filter(text ->
                                !text.equals(List.of("'ü'", "'b'", "'c'").get(free)))
                        .map(text -> patch(SOURCE, text, "X".repeat(random.nextInt(9))))
                        .toList();
                PatchedSources made = made(repairs.toArray(Patch[]::new));
                Patch next = patch(read(made), List.of("'ü'", "'b'", "'c'").get(free), "new");

                Patch rebased = made.rebased(next).orElseThrow();

                assertThat(read(made(repairs.get(0), rebased, repairs.get(1))))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(new String(next.applyTo(bytes(read(made))), StandardCharsets.UTF_8));
            }
        }
    }
}
