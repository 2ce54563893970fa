package io.evenkeel.healing.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {

    @Nested
    class GivenTheTokensOfADocument {

        private static final String TOKENS = "[[\"html\",{},0,[0,0,800,600]],[\"body\",{},0,[0,0,800,600]],"
                + "[\"button\",{\"data-testid\":\"go\"},0,[8,8,60,20]],\"Log in\",0,"
                + "[\"iframe\",{},1,[0,40,300,150]],0,0,0]";

        @Test
        void whenRead_thenTheElementsStandInOrderWithTheirBoxes() {
            DomSnapshot page = PageTokens.read("http://shop/login", TOKENS);

            assertThat(page.url()).isEqualTo("http://shop/login");
            assertThat(page.elements()).extracting(Element::tag).containsExactly("html", "body", "button", "iframe");
            Element button = page.elements().get(2);
            assertThat(button.text(50)).isEqualTo("Log in");
            assertThat(button.attributes()).containsEntry("data-testid", "go");
            assertThat(button.box().width()).isEqualTo(60);
        }
    }

    @Nested
    class GivenSomethingElse {

        @ParameterizedTest
        @ValueSource(
                strings = {"", "{", "null", "[[\"html\"]]", "[[]]", "[0]", "[\"text\", 0, 0]", "[[\"a\",{},0,[1]]]"})
        void whenRead_thenItIsRefusedOrEmpty(String text) {
            try {
                assertThat(PageTokens.read("http://shop/", text).elements()).isEmpty();
            } catch (SnapshotRefusedException e) {
                assertThat(e.reason()).contains("http://shop/");
            }
        }

        @Test
        void whenThePageIsTooLarge_thenTheReasonSaysSo() {
            String many =
                    "[[\"html\",{},0,[0,0,1,1]]" + ",[\"a\",{},0,[0,0,1,1]],0".repeat(DomSnapshot.MAX_ELEMENTS) + ",0]";

            assertThatExceptionOfType(SnapshotRefusedException.class)
                    .isThrownBy(() -> PageTokens.read("http://shop/", many))
                    .withMessageContaining(Integer.toString(DomSnapshot.MAX_ELEMENTS));
        }
    }
}
