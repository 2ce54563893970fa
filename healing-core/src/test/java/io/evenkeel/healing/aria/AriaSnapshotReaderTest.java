package io.evenkeel.healing.aria;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.DomSnapshot;
import org.junit.jupiter.api.Test;

class AriaSnapshotReaderTest {

    @Test
    void whenRolesAndNamesAreGiven_thenTheyAreRead() {
        DomSnapshot page = AriaSnapshotReader.read("""
                - main [ref=e2]:
                  - heading "Orders" [level=1] [ref=e3]
                  - 'button "Save: now" [ref=e4]'
                  - textbox "Name": Ann
                """);

        Accessibility tree = new Accessibility(page);
        assertThat(page.elements())
                .extracting(e -> tree.role(e) + " " + tree.name(e))
                .contains("heading Orders", "button Save: now", "textbox Name");
    }

    @Test
    void whenALineIsVeryLong_thenTheStackIsNotExhausted() {
        String quoted = "- 'button \"" + "it''s ".repeat(100_000) + "\"'\n";
        String plain = "- button \"" + "a\\\"b".repeat(100_000) + "\"\n";

        assertThat(AriaSnapshotReader.read(quoted + plain + "- link \"Home\"\n").elements())
                .extracting(e -> e.tag())
                .contains("a");
    }

    @Test
    void whenTheContextHasNoSnapshot_thenThereIsNoPage() {
        assertThat(AriaSnapshotReader.fromErrorContext("# Test info\n```yaml\n- button\n"))
                .isEmpty();
    }
}
