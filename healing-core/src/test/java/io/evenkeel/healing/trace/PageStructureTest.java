package io.evenkeel.healing.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.healing.TraceZip;
import io.evenkeel.healing.snapshot.Element;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageStructureTest {

    private static List<Element> elements(TraceZip zip) throws TraceUnreadableException {
        Trace trace = TraceReader.read(zip.file());
        return trace.pageAfter(trace.actions().get(0)).orElseThrow().dom().elements();
    }

    private static String texts(List<Element> elements) {
        return elements.stream()
                .filter(e -> e.tag().equals("button"))
                .map(e -> e.text(50))
                .toList()
                .toString();
    }

    @Nested
    class GivenFrames {

        private final String iframe = "[\"IFRAME\",{\"src\":\"/snapshot/inner\"}]";

        @ParameterizedTest
        @ValueSource(ints = {6, 7, 8, 9, 10})
        void whenAFrameWasRecorded_thenItsElementsAreBelowIt(int version) throws Exception {
            List<Element> elements = elements(new TraceZip(version)
                    .call()
                    .after("main", TraceZip.page(iframe))
                    .after("inner", TraceZip.page("[\"BUTTON\",{},\"Pay\"]"))
                    .failed());

            Element button = elements.stream()
                    .filter(e -> e.tag().equals("button"))
                    .findFirst()
                    .orElseThrow();
            assertThat(button.frame()).isPositive();
            assertThat(elements)
                    .filteredOn(e -> e.tag().equals("iframe"))
                    .singleElement()
                    .satisfies(f -> assertThat(f.contains(button)).isTrue());
        }

        @Test
        void whenAFrameNeverLoaded_thenTheRestOfThePageIsThere() throws Exception {
            List<Element> elements = elements(new TraceZip(10)
                    .call()
                    .after("main", TraceZip.page(iframe, "[\"BUTTON\",{},\"Save\"]"))
                    .failed());

            assertThat(texts(elements)).isEqualTo("[Save]");
        }

        @Test
        void whenAFrameContainsItself_thenItIsEnteredOnce() throws Exception {
            List<Element> elements = elements(new TraceZip(10)
                    .call()
                    .after("main", TraceZip.page(iframe))
                    .after("inner", TraceZip.page(iframe, "[\"BUTTON\",{},\"Pay\"]"))
                    .failed());

            assertThat(texts(elements)).isEqualTo("[Pay]");
        }
    }

    @Test
    void whenAShadowRootIsOpen_thenItsElementsBelongToTheHost() throws Exception {
        List<Element> elements = elements(new TraceZip(10)
                .call()
                .after(
                        "main",
                        TraceZip.page("[\"X-CARD\",{},[\"TEMPLATE\",{\"__playwright_shadow_root_\":\"open\"},"
                                + "[\"BUTTON\",{},\"Buy\"]]]"))
                .failed());

        assertThat(elements)
                .filteredOn(e -> e.tag().equals("button"))
                .singleElement()
                .satisfies(b -> assertThat(b.parent().orElseThrow().tag()).isEqualTo("x-card"));
    }

    @Test
    void whenAPageRefersBack_thenTheEarlierNodeStandsThere() throws Exception {
        // In post order of the first document: 0 title text, 1 title, 2 head, 3 button text, 4 button …
        List<Element> elements = elements(new TraceZip(10)
                .earlier("main", TraceZip.page("[\"BUTTON\",{},\"Save\"]"))
                .call()
                .after("main", "[\"HTML\",{},[[1,2]],[\"BODY\",{},[[1,4]],[\"BUTTON\",{},\"Undo\"]]]")
                .failed());

        assertThat(texts(elements)).isEqualTo("[Save, Undo]");
    }

    @Test
    void whenAPageRefersBackWithinItself_thenItIsRefused() {
        TraceZip zip = new TraceZip(10)
                .earlier("main", "[\"HTML\",{},[[1,0]]]")
                .call()
                .after("main", "[\"HTML\",{},[[1,0]],[[1,1]]]")
                .failed();

        assertThatThrownBy(() -> elements(zip)).hasMessageContaining("refers to a page");
    }

    @Nested
    class GivenHostileZips {

        private byte[] zip(int entries, int size) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (int i = 0; i < entries; i++) {
                    zip.putNextEntry(new ZipEntry("resources/../../../" + i));
                    zip.write(new byte[size]);
                }
            }
            return out.toByteArray();
        }

        @Test
        void whenThereAreTooManyEntries_thenItIsRefused() throws Exception {
            byte[] many = zip(TraceReader.MAX_ENTRIES + 1, 0);

            assertThatThrownBy(() -> TraceReader.read(TraceFile.of(many)))
                    .isInstanceOf(TraceUnreadableException.class)
                    .hasMessageContaining("20000 files");
        }

        @Test
        void whenAPictureUnpacksWithoutEnd_thenReadingStopsAtTheBound() throws Exception {
            byte[] bomb = zip(3, 5_000_000);

            assertThatThrownBy(() -> TraceReader.read(TraceFile.of(bomb), 12_000_000))
                    .isInstanceOf(TraceUnreadableException.class)
                    .hasMessageContaining("12000000 bytes");
        }

        @Test
        void whenTheZipHoldsNoTrace_thenItSaysSo() throws Exception {
            byte[] other = zip(2, 10);

            assertThatThrownBy(() -> TraceReader.read(TraceFile.of(other))).hasMessageContaining("no Playwright trace");
        }
    }
}
