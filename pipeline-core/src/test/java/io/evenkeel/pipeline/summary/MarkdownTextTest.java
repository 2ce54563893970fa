package io.evenkeel.pipeline.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {

    @Nested
    class GivenTextOfAStranger {

        @ParameterizedTest
        @CsvSource(
                delimiter = '¦',
                value = {
                    "by @ann                 ¦ by @&#8203;ann",
                    "a@b.example             ¦ a@&#8203;b.example",
                    "see #412 and GH-7       ¦ see \\#&#8203;412 and GH-&#8203;7",
                    "!5 &6 %7 ~bug           ¦ \\!&#8203;5 &amp;&#8203;6 %&#8203;7 \\~&#8203;bug",
                    "50 % of 3 & 4           ¦ 50 % of 3 &amp; 4",
                    "*b* _i_ `c` [l](u)      ¦ \\*b\\* \\_i\\_ \\`c\\` \\[l\\](u)",
                    "<b>x</b>                ¦ &lt;b&gt;x&lt;/b&gt;",
                    "a | b                   ¦ a \\| b",
                    "https://evil.example    ¦ https&#8203;://evil.example",
                    "www.evil.example        ¦ www&#8203;.evil.example",
                    "2 of 62 tests failed.   ¦ 2 of 62 tests failed.",
                })
        void whenItIsRunningText_thenItShowsAsItIsAndDoesNothing(String raw, String expected) {
            assertThat(MarkdownText.text(raw)).isEqualTo(expected);
        }

        @Test
        void whenItIsCode_thenNoBacktickInsideEndsIt() {
            assertThat(MarkdownText.code("a `b` c")).isEqualTo("``a `b` c``");
            assertThat(MarkdownText.code("`x")).isEqualTo("`` `x ``");
            assertThat(MarkdownText.code("two\nlines\t\u001b[31mred\u001b[0m")).isEqualTo("`two lines red`");
            assertThat(MarkdownText.code(" ")).isEqualTo("`(empty)`");
        }

        @Test
        void whenItIsABlock_thenNoFenceInsideEndsIt() {
            assertThat(MarkdownText.block("text", "a\n````\nb")).isEqualTo("`````text\na\n````\nb\n`````\n");
        }

        @Test
        void whenItStandsInHtml_thenNoElementInsideWorks() {
            assertThat(MarkdownText.htmlCode("</code></summary><script>"))
                    .isEqualTo("<code>&lt;/code&gt;&lt;/summary&gt;&lt;script&gt;</code>");
        }

        @Test
        void whenItCarriesControlsAndDirections_thenTheyAreGone() {
            assertThat(Texts.plain("a\u0007b\u202ec\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\u009b1m"))
                    .isEqualTo("abclink1m");
        }
    }
}
