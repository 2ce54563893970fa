package io.evenkeel.healing.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.html.HtmlReader;
import io.evenkeel.healing.json.ReferenceJson;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.source.CallSite;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private static final String THEN = "<button>Print receipt</button><button>E-mail receipt</button>"
            + "<ul><li><b>Apple</b> <button>Remove</button></li><li><b>Pear</b> <button>Remove</button></li></ul>";

    private static Fingerprints page(String html) {
        return new Fingerprints(new Accessibility(HtmlReader.read(html, "")), "data-testid");
    }

    private static List<Fingerprint> buttons(String html) {
        Accessibility tree = new Accessibility(HtmlReader.read(html, ""));
        Fingerprints fingerprints = new Fingerprints(tree, "data-testid");
        return tree.snapshot().elements().stream()
                .filter(e -> e.tag().equals("button"))
                .map(fingerprints::of)
                .toList();
    }

    private static List<String> others(Fingerprint target, String now) {
        List<Fingerprint> candidates = buttons(now);
        return page(THEN).inventory().others(target, candidates).stream()
                .map(i -> candidates.get(i).wording().name())
                .toList();
    }

    @Nested
    class GivenAPageOfThePast {

        private final Fingerprint print = buttons(THEN).get(0);

        @Test
        void whenTheTargetIsGone_thenItsOldNeighbourIsAnother() {
            assertThat(others(print, "<button>E-mail receipt</button>")).containsExactly("E-mail receipt");
        }

        @Test
        void whenTheTargetIsStillThere_thenItIsNoOther() {
            assertThat(others(print, "<button>Print receipt</button>")).isEmpty();
        }

        @Test
        void whenAnElementIsNewOrRenamed_thenItIsNoOther() {
            assertThat(others(print, "<button>Print</button><button>Share</button>"))
                    .isEmpty();
        }

        @Test
        void whenTwoAreCalledTheSameNow_thenNeitherIsKnownAgain() {
            assertThat(others(print, "<button>E-mail receipt</button><button>E-mail receipt</button>"))
                    .isEmpty();
        }

        @Test
        void whenRowsHaveTheSameButton_thenTheRowTellsThemApart() {
            Fingerprint apple = buttons(THEN).get(2);

            assertThat(others(apple, "<ul><li><b>Pear</b> <button>Remove</button></li></ul>"))
                    .containsExactly("Remove");
        }
    }

    @Nested
    class GivenAnInventoryInAFile {

        @Test
        void whenWrittenAndRead_thenItIsTheSame() {
            Fingerprints then = page(THEN);
            Reference reference = new Reference(
                    new CallSite("a.spec.ts", 3, 5),
                    "getByText('Print')",
                    "click",
                    buttons(THEN).get(0),
                    then.page().with(then.inventory()));
            ReferenceBook book = ReferenceBook.EMPTY.with(List.of(reference));

            assertThat(ReferenceJson.read(ReferenceJson.write(book))).isEqualTo(book);
        }

        @Test
        void whenThePageHasThousandsOfElements_thenItStaysSmall() {
            StringBuilder html = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                html.append("<button>Part ").append(i).append("</button>");
            }

            assertThat(String.join(" ", page(html.toString()).inventory().keys())
                            .length())
                    .isBetween(1_000, 2_500);
        }
    }
}
