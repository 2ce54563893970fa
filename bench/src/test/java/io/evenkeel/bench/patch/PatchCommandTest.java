package io.evenkeel.bench.patch;

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

class PatchCommandTest {

    @TempDir
    Path folder;

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.com"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("acme+shop/work"))
                        .toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }

    private String commit(String file, String text) throws IOException, InterruptedException {
        Path path = folder.resolve("acme+shop/work").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        git("add", "-A");
        git("commit", "-q", "-m", "x");
        return git("rev-parse", "HEAD");
    }

    private List<JsonNode> run(String edits) throws IOException {
        Files.writeString(folder.resolve("open.json"), edits);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            int exit = new CommandLine(new PatchCommand()).execute("--sources", folder.toString(), folder.toString());
            assertThat(exit).isZero();
        } finally {
            System.setOut(before);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static String edit(String commit, String file, String old, String now) {
        return "{\"repo\":\"acme/shop\",\"commit\":\"" + commit + "\",\"file\":\"" + file
                + "\",\"old\":{\"method\":\"getByTestId\",\"value\":\"" + old
                + "\",\"options\":\"\"},\"new\":{\"method\":\"getByText\",\"value\":\"" + now
                + "\",\"options\":\"\"}}";
    }

    @Nested
    class GivenAHistoryOfASuite {

        @Test
        void whenACallWasReplaced_thenItIsMadeAgainAndCounted() throws IOException, InterruptedException {
            git("init", "-q");
            commit("e2e/a.ts", "class A { b = this.page.getByTestId('b'); c = this.page.getByTestId('b').first(); }\n");
            String commit = commit(
                    "e2e/a.ts", "class A { b = this.page.getByTestId('b'); c = this.page.getByText('C').first(); }\n");

            List<JsonNode> lines = run("[" + edit(commit, "e2e/a.ts", "b", "C") + ","
                    + edit(commit, "e2e/a.ts", "gone", "C") + "," + edit(commit, "e2e/none.ts", "b", "C") + "]");

            assertThat(lines).hasSize(2);
            JsonNode all = lines.get(1);
            assertThat(all.path("repo").asText()).isEqualTo("all");
            assertThat(all.path("n").asInt()).isEqualTo(3);
            assertThat(all.path("rewritten").asInt()).isEqualTo(1);
            assertThat(all.path("noCall").asInt()).isEqualTo(1);
            assertThat(all.path("noFile").asInt()).isEqualTo(1);
            assertThat(all.path("rate").asDouble()).isEqualTo(0.3333);
        }

        @Test
        void whenTheFileWasMovedToo_thenItIsReadUnderItsFormerName() throws IOException, InterruptedException {
            git("init", "-q");
            String rest = "// a line that stays\n".repeat(20);
            commit("old/a.ts", rest + "page.getByTestId('b').click();\n");
            Files.delete(folder.resolve("acme+shop/work/old/a.ts"));
            String commit = commit("e2e/a.ts", rest + "page.getByText('C').click();\n");

            JsonNode all = run("[" + edit(commit, "e2e/a.ts", "b", "C") + "]").get(1);

            assertThat(all.path("rewritten").asInt()).isEqualTo(1);
        }
    }
}
