package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.Learner;
import io.evenkeel.healing.json.ReferenceJson;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceUnreadableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code heal --explain} on every recorded failure: the last column of their README ("should a healer repair it") holds. */
class ExplainedCasesTest {

    private static final Path CASES = Path.of("../healing-core/src/test/resources/playwright");

    /** What each repaired test says afterwards. */
    private static final Map<String, String> RIGHT = Map.of(
            "role-name-changed", "getByRole('button', { name: 'Log in' })",
            "test-id-changed", "getByTestId('add-to-cart-apple')",
            "css-id-changed", "locator('#login-user')",
            "text-changed", "locator('article').filter({ hasText: 'Pear' }).getByText('Put in basket')");

    @TempDir
    Path folder;

    /** Returns what the README says of each case, by the name of its folder. */
    private static Map<String, String> wanted() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(CASES.resolve("README.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && Files.isDirectory(CASES.resolve(cells[1].strip()))) {
                rows.put(cells[1].strip(), cells[4].strip());
            }
        }
        Map<String, String> wanted = new LinkedHashMap<>(rows);
        for (Path older : folders()) {
            String name = older.getFileName().toString();
            rows.forEach((row, verdict) -> {
                if (name.startsWith("pw-") && name.endsWith("-" + row)) {
                    wanted.put(name, verdict);
                }
            });
        }
        return wanted;
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            return all.filter(path -> Files.isRegularFile(path.resolve("report-entry.json")))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> saying(String verdict) throws IOException {
        List<String> names = new ArrayList<>();
        wanted().forEach((name, said) -> {
            if (said.startsWith(verdict)) {
                names.add(name);
            }
        });
        return names;
    }

    static List<String> yes() throws IOException {
        return saying("yes");
    }

    static List<String> byAPerson() throws IOException {
        return saying("only with a person's choice");
    }

    static List<String> maybe() throws IOException {
        return saying("maybe");
    }

    static List<String> no() throws IOException {
        return saying("no");
    }

    private static JsonNode explained(Path failure) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = EvenkeelMain.run(
                new String[] {"heal", "--explain", failure.toString(), "--json"},
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        assertThat(code).isZero();
        return new ObjectMapper().readTree(out.toByteArray());
    }

    /** Copies a case and adds what a passing run of the same version, or of the newest, taught. */
    private Path withReferences(String name) throws IOException, TraceUnreadableException {
        Path copy = Files.createDirectories(folder.resolve("cases").resolve(name));
        for (String file : List.of("report-entry.json", "trace.zip", "error-context.md")) {
            if (Files.isRegularFile(CASES.resolve(name).resolve(file))) {
                Files.copy(CASES.resolve(name).resolve(file), copy.resolve(file));
            }
        }
        Files.copy(CASES.resolve("broken.spec.ts"), copy.resolve("broken.spec.ts"));
        Path passing = CASES.resolve("passing").resolve(kind(name)).resolve("trace.zip");
        Path trace = Files.isRegularFile(passing) ? passing : CASES.resolve("passing/role-name-changed/trace.zip");
        ReferenceBook references = ReferenceBook.EMPTY.with(new Learner("").learn(TraceFile.at(trace)));
        Files.writeString(copy.resolve("references.json"), ReferenceJson.write(references));
        return copy;
    }

    private static String kind(String name) {
        return name.replaceFirst("^pw-[0-9.]+-", "");
    }

    private static List<String> tiers(JsonNode explained) {
        return explained.path("heals").findValuesAsText("tier");
    }

    @Nested
    class GivenTheReadme {

        @Test
        void whenItIsRead_thenItSpeaksOfEveryCase() throws IOException {
            assertThat(wanted().keySet())
                    .containsExactlyInAnyOrderElementsOf(folders().stream()
                            .map(path -> path.getFileName().toString())
                            .toList());
            assertThat(wanted().size()).isEqualTo(yes().size() + byAPerson().size() + maybe().size() + no().size());
        }
    }

    @Nested
    class GivenACaseThatShouldBeRepaired {

        @ParameterizedTest
        @MethodSource("io.evenkeel.cli.ExplainedCasesTest#yes")
        void whenAPassingRunIsKnown_thenTheRightLocatorIsProposed(String name)
                throws IOException, TraceUnreadableException {
            JsonNode explained = explained(withReferences(name));

            assertThat(explained.path("outcome").asText()).isEqualTo("healed");
            assertThat(explained.path("heals").findValuesAsText("locator")).containsExactly(RIGHT.get(kind(name)));
        }

        @ParameterizedTest
        @MethodSource("io.evenkeel.cli.ExplainedCasesTest#yes")
        void whenNoneIsKnown_thenTheRightLocatorIsASuggestionOrNothingIs(String name) throws IOException {
            JsonNode explained = explained(CASES.resolve(name));

            boolean oneWordLeft = name.equals("test-id-changed");
            assertThat(explained.path("outcome").asText()).isEqualTo(oneWordLeft ? "not found" : "healed");
            assertThat(explained.path("heals").findValuesAsText("locator"))
                    .isEqualTo(oneWordLeft ? List.of() : List.of(RIGHT.get(kind(name))));
            assertThat(tiers(explained)).doesNotContain("auto");
        }
    }

    @Nested
    class GivenACaseForAPerson {

        @ParameterizedTest
        @MethodSource("io.evenkeel.cli.ExplainedCasesTest#byAPerson")
        void whenItIsExplained_thenEveryChoiceIsASuggestion(String name) throws IOException, TraceUnreadableException {
            for (Path failure : List.of(CASES.resolve(name), withReferences(name))) {
                JsonNode explained = explained(failure);

                assertThat(explained.path("outcome").asText()).isEqualTo("ambiguous");
                assertThat(tiers(explained)).hasSize(3).containsOnly("suggestion");
            }
        }
    }

    @Nested
    class GivenAnAssertionThatMayHaveFoundARealChange {

        @ParameterizedTest
        @MethodSource("io.evenkeel.cli.ExplainedCasesTest#maybe")
        void whenItIsExplained_thenItIsASuggestionAtMost(String name) throws IOException, TraceUnreadableException {
            for (Path failure : List.of(CASES.resolve(name), withReferences(name))) {
                JsonNode explained = explained(failure);

                assertThat(explained.path("outcome").asText()).isIn("healed", "not found", "refused");
                assertThat(tiers(explained)).doesNotContain("auto");
            }
        }
    }

    @Nested
    class GivenACaseThatMustNotBeRepaired {

        @ParameterizedTest
        @MethodSource("io.evenkeel.cli.ExplainedCasesTest#no")
        void whenItIsExplained_thenItIsRefused(String name) throws IOException, TraceUnreadableException {
            for (Path failure : List.of(CASES.resolve(name), withReferences(name))) {
                JsonNode explained = explained(failure);

                assertThat(explained.path("outcome").asText()).isEqualTo("refused");
                assertThat(explained.path("heals")).isEmpty();
            }
        }
    }
}
