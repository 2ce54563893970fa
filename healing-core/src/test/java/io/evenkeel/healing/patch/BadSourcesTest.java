package io.evenkeel.healing.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.healing.Healer;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Locator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadSourcesTest {

    private static final String LINE = "await page.getByTestId('a').click();\n";
    private static final CallSite PLACE = new CallSite("a.spec.ts", 1, 29);

    private static PatchOutcome propose(CallSite place, SourceFiles files) {
        return Healer.patcher()
                .propose(
                        CallStack.at(place),
                        Locator.parse("getByTestId('a')").orElseThrow(),
                        Locator.parse("getByTestId('b')").orElseThrow(),
                        files);
    }

    private static SourceFiles files(String path, String text) {
        return SourceFiles.of(Map.of(path, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String reason(PatchOutcome outcome) {
        return outcome.match(p -> "proposed " + p.patch(), PatchOutcome.Refused::reason);
    }

    @Nested
    class GivenAReadOnlyCheckout {

        @TempDir
        Path folder;

        @Test
        void whenAPatchIsProposed_thenNothingIsWritten() throws IOException {
            Path file = Files.writeString(folder.resolve("a.spec.ts"), LINE);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));

            PatchOutcome outcome = propose(PLACE, new FolderSources(folder.toRealPath(), List.of("a.spec.ts")));

            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(reason(outcome)).startsWith("proposed");
            assertThat(file).hasContent(LINE.strip());
            try (var all = Files.list(folder)) {
                assertThat(all).containsExactly(file);
            }
        }
    }

    @Nested
    class GivenASourceThatChanges {

        @Test
        void whenItChangesAfterTheProposal_thenThePatchIsNotApplied() {
            Patch patch = propose(PLACE, files("a.spec.ts", LINE)).match(PatchOutcome.Proposed::patch, r -> {
                throw new AssertionError(r.reason());
            });
            byte[] changed = ("// new\n" + LINE).getBytes(StandardCharsets.UTF_8);

            assertThatThrownBy(() -> patch.applyTo(changed)).hasMessageContaining("changed since the run");
        }
    }

    @Nested
    class GivenASourceThatCannotBeFollowed {

        @Test
        void whenThePlaceIsUnknown_thenItIsRefused() {
            assertThat(reason(propose(CallSite.UNKNOWN, files("a.spec.ts", LINE))))
                    .contains("where the failing call");
        }

        @Test
        void whenTheLanguageIsNotKnown_thenItIsRefused() {
            PatchOutcome outcome = propose(new CallSite("a_spec.rb", 1, 6), files("a_spec.rb", LINE));

            assertThat(reason(outcome)).contains("language");
        }

        @Test
        void whenTheFileIsHuge_thenItIsRefused() {
            PatchOutcome outcome = propose(PLACE, files("a.spec.ts", LINE + "// x\n".repeat(500_000)));

            assertThat(reason(outcome)).contains("too large");
        }

        @Test
        void whenBothLocatorsAreTheSame_thenItIsRefused() {
            Locator locator = Locator.parse("getByTestId('a')").orElseThrow();

            assertThat(reason(
                            Healer.patcher().propose(CallStack.at(PLACE), locator, locator, files("a.spec.ts", LINE))))
                    .contains("same");
        }

        @Test
        void whenNamesStandForThemselves_thenItEnds() {
            String text = "let a = b + b + b; let b = a + a; const x = x ?? y(x); const y = (z) => y(y(z));\n"
                    + "await page.getByTestId(a).locator(x).click();\n";

            assertThat(reason(propose(new CallSite("a.spec.ts", 2, 38), files("a.spec.ts", text))))
                    .doesNotStartWith("proposed");
        }

        @Test
        void whenItIsNestedVeryDeeply_thenItEnds() {
            String text = "(".repeat(20_000) + "page" + ")".repeat(20_000) + ".getByTestId('a').click();\n";

            assertThat(reason(propose(new CallSite("a.spec.ts", 1, 40_022), files("a.spec.ts", text))))
                    .isNotBlank();
        }
    }
}
