package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    private static String diff(String source, String before, String after) {
        int start = source.getBytes(StandardCharsets.UTF_8).length
                - source.substring(source.indexOf(before)).getBytes(StandardCharsets.UTF_8).length;
        Patch patch = new Patch(
                "pages/cart.ts",
                new Patch.Range(start, start + before.getBytes(StandardCharsets.UTF_8).length),
                before,
                after,
                new Patch.Definition(DefinitionKind.FIELD, "buy", new CallSite("pages/cart.ts", 1, 1), List.of()));
        return UnifiedDiff.of(patch, source.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class GivenAnEditInTheMiddle {

        @Test
        void whenItIsWritten_thenThreeLinesOfContextStandAroundIt() {
            assertThat(diff("1\n2\n3\n4\nbuy('ü')\n6\n7\n8\n9\n", "'ü'", "'add'"))
                    .isEqualTo("""
                            --- a/pages/cart.ts
                            +++ b/pages/cart.ts
                            @@ -2,7 +2,7 @@
                             2
                             3
                             4
                            -buy('ü')
                            +buy('add')
                             6
                             7
                             8
                            """);
        }
    }

    @Nested
    class GivenEditsInSeveralPlaces {

        private Patch patch(String file, String source, String before, String after) {
            int start = source.indexOf(before);
            return new Patch(
                    file,
                    new Patch.Range(start, start + before.length()),
                    before,
                    after,
                    new Patch.Definition(DefinitionKind.FIELD, "x", new CallSite(file, 1, 1), List.of()));
        }

        @Test
        void whenTheyAreWritten_thenEachFileStandsOnceWithItsPlacesApart() {
            String cart = "buy\n2\n3\n4\n5\n6\n7\n8\npay\n";
            String shop = "open\n";
            SourceFiles sources = SourceFiles.of(Map.of(
                    "cart.ts", cart.getBytes(StandardCharsets.UTF_8),
                    "shop.ts", shop.getBytes(StandardCharsets.UTF_8)));

            assertThat(UnifiedDiff.of(
                            List.of(
                                    patch("cart.ts", cart, "pay", "order"),
                                    patch("shop.ts", shop, "open", "visit"),
                                    patch("cart.ts", cart, "buy", "add")),
                            sources))
                    .hasValue("""
                            --- a/cart.ts
                            +++ b/cart.ts
                            @@ -1,4 +1,4 @@
                            -buy
                            +add
                             2
                             3
                             4
                            @@ -6,4 +6,4 @@
                             6
                             7
                             8
                            -pay
                            +order
                            --- a/shop.ts
                            +++ b/shop.ts
                            @@ -1,1 +1,1 @@
                            -open
                            +visit
                            """);
        }

        @Test
        void whenAFileIsNotThere_thenThereIsNoDiff() {
            assertThat(UnifiedDiff.of(List.of(patch("cart.ts", "buy", "buy", "add")), SourceFiles.none()))
                    .isEmpty();
        }
    }

    @Nested
    class GivenAFileWithoutALastNewline {

        @Test
        void whenTheLastLineChanges_thenBothSidesSaySo() {
            assertThat(diff("a\nbuy", "buy", "add")).isEqualTo("""
                            --- a/pages/cart.ts
                            +++ b/pages/cart.ts
                            @@ -1,2 +1,2 @@
                             a
                            -buy
                            \\ No newline at end of file
                            +add
                            \\ No newline at end of file
                            """);
        }
    }

    @Nested
    class GivenWindowsLineEnds {

        @Test
        void whenALineChanges_thenItsEndStays() {
            assertThat(diff("a\r\nbuy\r\nc\r\n", "buy", "add")).contains("-buy\r\n+add\r\n c\r\n");
        }
    }
}
