package io.evenkeel.bench.heal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HealCommandTest {

    /** A site of two targets; {@code extra} is a candidate that is nobody's truth. */
    private static String site(String name, String extra) {
        String save = element("\"id\":\"c1\"", "button", "/html/body/form/button", "Save " + name);
        String help = element("\"id\":\"c2\"", "a", "/html/body/a", "Help for " + name);
        return "{\"site\":\"" + name + "\",\"targets\":[" + target("1", "c1", save) + "," + target("2", "c2", help)
                + "],\"candidates\":[" + save + "," + help + extra + "]}";
    }

    private static String target(String id, String truth, String old) {
        return "{\"target_id\":\"" + id + "\",\"old\":" + old + ",\"truth\":\"" + truth
                + "\",\"truth_parent_or_child\":[],\"truth_ancestors_descendants\":[]}";
    }

    private static String element(String id, String tag, String xpath, String text) {
        return "{" + id + ",\"tag\":\"" + tag + "\",\"xpath\":\"" + xpath + "\",\"idxpath\":\"" + xpath
                + "\",\"visible_text\":\"" + text + "\"}";
    }

    private static List<JsonNode> run(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            assertThat(new CommandLine(new HealCommand()).execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String text : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(text));
        }
        return lines;
    }

    @Nested
    class GivenAFolderOfSites {

        @TempDir
        Path folder;

        private void write(String set, String file, String json) throws IOException {
            Files.createDirectories(folder.resolve(set));
            Files.writeString(folder.resolve(set).resolve(file), json);
        }

        @Test
        void whenTheShippedWeightsAreScored_thenEveryMethodPrintsItsLines() throws IOException {
            write(
                    "tiny",
                    "Alpha.json",
                    site("alpha", "," + element("\"id\":\"c3\"", "a", "/html/body/p/a", "Imprint")));

            List<JsonNode> lines = run(folder.toString(), "--mutations", "0");

            assertThat(lines)
                    .extracting(l -> l.path("method").asText())
                    .containsOnly("evenkeel", "healenium", "similo", "role+name", "text+tag");
            assertThat(lines.get(0).fieldNames())
                    .toIterable()
                    .containsExactly(
                            "dataset",
                            "mode",
                            "method",
                            "n",
                            "top1",
                            "top3",
                            "right",
                            "wrong",
                            "absentHealed",
                            "tier",
                            "ece",
                            "p95Ms",
                            "hard");
            assertThat(lines.get(0).path("dataset").asText()).isEqualTo("tiny");
            assertThat(lines.get(0).path("n").asInt()).isEqualTo(2);
            assertThat(lines.get(0).path("top1").asDouble()).isEqualTo(1);
        }

        @Test
        void whenEveryCandidateIsATruth_thenTheSiteIsNotHard() throws IOException {
            write("tiny", "Alpha.json", site("alpha", ""));

            assertThat(run(folder.toString(), "--mutations", "0"))
                    .isNotEmpty()
                    .allSatisfy(
                            line -> assertThat(line.path("hard").asBoolean()).isFalse());
        }

        @Test
        void whenCrossValidated_thenTheShippedWeightsStandBesideIt() throws IOException {
            for (int i = 0; i < 8; i++) {
                write("tiny", "Site" + i + ".json", site("site" + i, ""));
            }

            List<JsonNode> lines = run(folder.toString(), "--cv", "--mutations", "0");

            assertThat(lines)
                    .extracting(l ->
                            l.path("method").asText() + " " + l.path("tier").asText())
                    .contains("evenkeel auto", "evenkeel suggestion", "evenkeel null", "shipped auto");
        }

        @Test
        void whenTheOwnCorpusIsAsked_thenAtLeastAThirdOfItIsRemoved() {
            MutationCorpus corpus = MutationCorpus.of(20, 7);

            List<HealCase> cases = corpus.reference().cases();
            long removed = cases.stream().filter(c -> !c.present()).count();

            assertThat(removed / (double) cases.size()).isBetween(0.3, 0.7);
            assertThat(MutationCorpus.of(20, 7).reference().cases()).isEqualTo(cases);
        }
    }

    @Test
    void whenTheJarOfEmbeddingsIsNoJar_thenTheUseIsWrong(@TempDir Path empty) {
        assertThat(new CommandLine(new HealCommand())
                        .execute(
                                empty.toString(),
                                "--embeddings",
                                empty.resolve("no.jar").toString()))
                .isEqualTo(2);
    }

    @Test
    void whenNothingIsLabelled_thenTheUseIsWrong(@TempDir Path empty) {
        assertThat(new CommandLine(new HealCommand()).execute(empty.toString())).isEqualTo(2);
    }
}
