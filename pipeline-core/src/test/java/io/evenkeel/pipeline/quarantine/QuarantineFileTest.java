package io.evenkeel.pipeline.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineFileTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    @TempDir
    private Path folder;

    private static Quarantined entry(String id, int days) {
        return Quarantined.of(id, "team-shop", "waits for issue 7", NOW, days);
    }

    @Nested
    class GivenAList {

        private final QuarantineList list =
                QuarantineList.empty().with(entry("b", 14)).with(entry("a", 2));

        @Test
        void whenItIsWrittenAndRead_thenItIsTheSame() throws IOException {
            Path file = folder.resolve("deep/quarantine.json");

            QuarantineFile.write(file, list);

            assertThat(QuarantineFile.read(file).list()).isEqualTo(list);
            assertThat(QuarantineFile.read(file).problems()).isEmpty();
        }

        @Test
        void whenAnEntryEnds_thenItExcusesNoMore() {
            Quarantined short2 = list.entry("a").orElseThrow();

            assertThat(short2.excuses("c1", NOW.plus(Duration.ofDays(1)))).isTrue();
            assertThat(short2.excuses("c1", NOW.plus(Duration.ofDays(2)))).isFalse();
        }

        @Test
        void whenATestFailsOnTwoCommits_thenItExcusesNoMore() {
            Quarantined once = list.entry("a").orElseThrow().failedOn("c1");

            assertThat(once.excuses("c1", NOW)).isTrue();
            assertThat(once.failedOn("c1").excuses("c1", NOW)).isTrue();
            assertThat(once.excuses("c2", NOW)).isFalse();
            assertThat(once.failedOn("c2").broken()).isTrue();
            assertThat(once.passed().excuses("c2", NOW)).isTrue();
        }

        @Test
        void whenTheCoordinatorGivesItsOwn_thenThatCounts() {
            Quarantined other = new Quarantined("a", "", "somebody", "", NOW.plusSeconds(60), List.of());
            QuarantineList seen = list.with(list.entry("a").orElseThrow().failedOn("c1"));

            QuarantineList refreshed = seen.refreshedBy(new QuarantineList(List.of(other)));

            assertThat(refreshed.tests()).singleElement().satisfies(entry -> {
                assertThat(entry.owner()).isEqualTo("somebody");
                assertThat(entry.failing()).containsExactly("c1");
            });
        }

        @Test
        void whenAnEntryHasNoOwnerOrNoEnd_thenItIsRefused() {
            assertThatThrownBy(() -> entry("a", 31)).hasMessageContaining("1 to 30");
            assertThatThrownBy(() -> Quarantined.of("a", " ", "", NOW, 3)).hasMessageContaining("owner");
        }
    }

    @Nested
    class GivenTheAnswerOfACoordinator {

        @Test
        void whenItIsParsed_thenOnlyWhatIsActiveCounts() {
            String answer = """
                    {"v":1,"suite":"playwright.config.ts","most":3,"tests":[
                     {"id":"a","file":"x.spec.ts","titles":["basket","adds"],"state":"active","owner":"me","reason":"6 flakes","until":"2026-02-01T00:00:00Z"},
                     {"id":"b","titles":["old"],"state":"expired","owner":"me","until":"2026-01-01T00:00:00Z"},
                     {"id":"c","titles":["gone"],"state":"left","owner":"me","until":"2026-02-01T00:00:00Z"}]}""";

            QuarantineFile.Parsed parsed = QuarantineFile.parse(answer, "the answer");

            assertThat(parsed.list().tests())
                    .singleElement()
                    .extracting(Quarantined::name)
                    .isEqualTo("basket › adds");
            assertThat(parsed.problems()).isEmpty();
        }
    }

    @Nested
    class GivenADamagedFile {

        @ParameterizedTest
        @ValueSource(strings = {"", "no json", "[]", "{\"v\":2,\"tests\":[]}", "{\"v\":1"})
        void whenItIsRead_thenItExcusesNothingAndSaysSo(String text) throws IOException {
            Path file = Files.writeString(folder.resolve("quarantine.json"), text);

            QuarantineFile.Parsed parsed = QuarantineFile.read(file);

            assertThat(parsed.list().tests()).isEmpty();
            assertThat(parsed.problems()).singleElement().asString().contains("every failure counts");
        }

        @Test
        void whenOneEntryIsWrong_thenTheOthersCount() throws IOException {
            Path file = Files.writeString(
                    folder.resolve("quarantine.json"),
                    "{\"v\":1,\"tests\":[{\"id\":\"a\",\"owner\":\"me\",\"until\":\"soon\"},"
                            + "{\"id\":\"b\",\"owner\":\"\",\"until\":\"2026-02-01T00:00:00Z\"},"
                            + "{\"id\":\"c\",\"owner\":\"me\",\"until\":\"2026-02-01T00:00:00Z\"}]}");

            QuarantineFile.Parsed parsed = QuarantineFile.read(file);

            assertThat(parsed.list().tests())
                    .singleElement()
                    .extracting(Quarantined::id)
                    .isEqualTo("c");
            assertThat(parsed.problems()).hasSize(2);
        }

        @Test
        void whenThereIsNone_thenTheListIsEmpty() {
            assertThat(QuarantineFile.read(folder.resolve("none.json")).problems())
                    .isEmpty();
        }
    }
}
