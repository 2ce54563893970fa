package io.evenkeel.healing.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.Healer;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Locator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatchCorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/patch");

    @TempDir
    Path folder;

    static Stream<PatchCase> cases() {
        return PatchCase.all(CORPUS).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whenALocatorBroke_thenItIsRepairedWhereACarefulEngineerWould(PatchCase one) throws IOException {
        PatchOutcome outcome = propose(one, folder);

        assertThat(said(outcome, one)).isEqualTo(wanted(one));
        one.headers().forEach((key, value) -> {
            if (key.equals("kind")) {
                assertThat(kind(outcome)).isEqualTo(value);
            } else if (key.equals("users")) {
                assertThat(users(outcome)).hasSize(Integer.parseInt(value));
            }
        });
    }

    @Test
    void whenAllCasesAreCounted_thenEnoughAreRepairedAndNoneWrongly() throws IOException {
        List<PatchCase> all = PatchCase.all(CORPUS);
        int repairable = 0;
        int right = 0;
        int refusals = 0;
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            PatchCase one = all.get(i);
            PatchOutcome outcome = propose(one, Files.createDirectory(folder.resolve("case-" + i)));
            boolean proposed = outcome.match(p -> true, r -> false);
            boolean same = said(outcome, one).equals(wanted(one));
            repairable += one.marks().patched().isEmpty() ? 0 : 1;
            refusals += one.marks().patched().isEmpty() ? 1 : 0;
            right += !one.marks().patched().isEmpty() && same ? 1 : 0;
            if (proposed && !same) {
                wrong.add(one.name());
            }
            boolean placed = outcome.match(
                    p -> true, r -> r.place().known() && !r.reason().isBlank());
            assertThat(placed).as(one.name()).isTrue();
        }

        assertThat(all).hasSizeGreaterThanOrEqualTo(120);
        assertThat(refusals).isGreaterThanOrEqualTo(25);
        assertThat(wrong).isEmpty();
        assertThat(right).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * repairable));
    }

    private static PatchOutcome propose(PatchCase one, Path root) throws IOException {
        for (Map.Entry<String, byte[]> file : one.files().entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        for (Map.Entry<String, String> link : one.links().entrySet()) {
            Path path = root.resolve(link.getKey());
            Files.createDirectories(path.getParent());
            Files.createSymbolicLink(path, root.resolve(link.getValue()));
        }
        SourceFiles sources =
                new FolderSources(root.toRealPath(), List.copyOf(one.files().keySet()));
        return Healer.patcher()
                .propose(
                        one.marks().stack(),
                        Locator.parse(one.header("old", "")).orElseThrow(),
                        Locator.parse(one.header("new", "")).orElseThrow(),
                        sources);
    }

    private static String wanted(PatchCase one) {
        for (Map.Entry<String, byte[]> file : one.marks().patched().entrySet()) {
            return file.getKey() + "\n" + new String(file.getValue(), StandardCharsets.ISO_8859_1);
        }
        CallSite look = one.marks().look();
        return "refused at " + look.file() + ":" + look.line() + " " + one.header("refused", "");
    }

    private static String said(PatchOutcome outcome, PatchCase one) {
        return outcome.match(
                proposed -> {
                    Patch patch = proposed.patch();
                    byte[] source = one.files().getOrDefault(patch.file(), new byte[0]);
                    byte[] after = patch.applyTo(source);
                    assertThat(outside(source, patch, source.length)).isEqualTo(outside(after, patch, source.length));
                    return patch.file() + "\n" + new String(after, StandardCharsets.ISO_8859_1);
                },
                refused -> "refused at " + refused.place().file() + ":"
                        + refused.place().line() + " "
                        + (refused.reason().contains(one.header("refused", ""))
                                ? one.header("refused", "")
                                : refused.reason()));
    }

    /** The bytes before and after the edit. */
    private static String outside(byte[] bytes, Patch patch, int length) {
        int rest = length - patch.range().end();
        byte[] head = Arrays.copyOf(bytes, patch.range().start());
        byte[] tail = Arrays.copyOfRange(bytes, bytes.length - rest, bytes.length);
        return Arrays.toString(head) + Arrays.toString(tail);
    }

    private static String kind(PatchOutcome outcome) {
        return outcome.match(p -> p.patch().definition().kind().name(), r -> r.reason());
    }

    private static List<CallSite> users(PatchOutcome outcome) {
        return outcome.match(p -> p.patch().definition().users(), r -> List.of());
    }
}
