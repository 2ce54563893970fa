package io.evenkeel.bench.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SplitCommandTest {

    private static final String SUITE = "{\"suite\":\"tiny\",\"runs\":[{},{},{}],\"tests\":["
            + "{\"file\":\"a\",\"id\":\"a::1\",\"durationMs\":1000,\"runsMs\":[1000,900,null]},"
            + "{\"file\":\"a\",\"id\":\"a::2\",\"durationMs\":3000,\"runsMs\":[3000,2900,3100]},"
            + "{\"file\":\"b\",\"id\":\"b::1\",\"durationMs\":2000,\"runsMs\":[2000,2100,1900]}]}";

    private record Printed(int exitCode, List<JsonNode> lines, String error) {}

    private static Printed run(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter error = new StringWriter();
        PrintStream before = System.out;
        int exitCode;
        try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            CommandLine line = new CommandLine(new SplitCommand());
            line.setErr(new PrintWriter(error, true));
            exitCode = line.execute(arguments);
        } finally {
            System.setOut(before);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String text : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(text));
        }
        return new Printed(exitCode, lines, error.toString());
    }

    @Nested
    class GivenAFolder {

        @TempDir
        Path folder;

        @ParameterizedTest
        @ValueSource(strings = {"static", "replay", "noise", "death", "setup"})
        void whenAModeRuns_thenEveryLineHasTheFieldsAndOursIsThere(String mode) throws IOException {
            Files.writeString(folder.resolve("tiny.json"), SUITE);

            Printed printed = run(folder.toString(), "--mode", mode, "--machines", "2", "--seeds", "2");

            assertThat(printed.exitCode()).isZero();
            assertThat(printed.lines()).isNotEmpty().allSatisfy(line -> {
                assertThat(line.properties())
                        .extracting(java.util.Map.Entry::getKey)
                        .containsExactly(
                                "suite",
                                "mode",
                                "machines",
                                "algorithm",
                                "makespanMs",
                                "lowerBoundMs",
                                "ratio",
                                "planMs",
                                "pullMs",
                                "setupMs",
                                "seed");
                assertThat(line.path("ratio").asDouble()).isGreaterThanOrEqualTo(1);
                assertThat(line.path("mode").asText()).isEqualTo(mode);
            });
            assertThat(printed.lines())
                    .extracting(line -> line.path("algorithm").asText())
                    .contains("evenkeel");
        }

        @Test
        void whenAFileHasCyclesOrIsNoRecording_thenItIsSkipped() throws IOException {
            Files.writeString(folder.resolve("cycles.json"), "{\"suite\":\"c\",\"cycles\":[],\"tests\":[]}");
            Files.writeString(folder.resolve("other.json"), "[1,2]");

            assertThat(run(folder.toString()).lines()).isEmpty();
        }

        @Test
        void whenTheModeIsUnknown_thenTheKnownOnesAreNamed() throws IOException {
            Printed printed = run(folder.toString(), "--mode", "magic");

            assertThat(printed.exitCode()).isEqualTo(2);
            assertThat(printed.error()).contains("magic", "[death, noise, replay, setup, static]");
        }

        @Test
        void whenTheNumberOfMachinesIsImpossible_thenItIsWrongUse() throws IOException {
            assertThat(run(folder.toString(), "--machines", "0").exitCode()).isEqualTo(2);
        }
    }

    @Nested
    class GivenNoFolder {

        @Test
        void whenItRuns_thenItIsWrongUse() throws IOException {
            Printed printed = run("no-such-folder");

            assertThat(printed.exitCode()).isEqualTo(2);
            assertThat(printed.error()).contains("no-such-folder");
        }
    }
}
