package io.evenkeel.healing.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import org.junit.jupiter.api.Test;

class HtmlReaderTest {

    @Test
    void whenAShadowRootIsDeclared_thenItIsInlined() {
        DomSnapshot page = HtmlReader.read(
                "<x-card><template shadowrootmode=open><button>Buy</button></template></x-card>", "http://a/");

        assertThat(page.elements())
                .filteredOn(e -> e.tag().equals("button"))
                .singleElement()
                .satisfies(b -> assertThat(b.parent().orElseThrow().tag()).isEqualTo("x-card"));
    }

    @Test
    void whenThePageIsEmpty_thenOnlyItsFrameIsThere() {
        assertThat(HtmlReader.read("", "").elements()).extracting(e -> e.tag()).containsExactly("html", "head", "body");
    }

    @Test
    void whenThePageHasTooManyElements_thenItIsRefused() {
        String page = "<p>a".repeat(DomSnapshot.MAX_ELEMENTS + 1);

        assertThatThrownBy(() -> HtmlReader.read(page, ""))
                .isInstanceOf(SnapshotRefusedException.class)
                .hasMessageContaining("elements");
    }

    @Test
    void whenThePageIsNestedVeryDeeply_thenItIsRead() {
        String page = "<div>".repeat(20_000) + "<button>Deep</button>";

        assertThat(HtmlReader.read(page, "").elements())
                .extracting(e -> e.tag())
                .contains("button");
    }
}
