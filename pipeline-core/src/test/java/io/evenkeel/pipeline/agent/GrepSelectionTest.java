package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.playwright.PlaywrightVersion;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GrepSelectionTest {

    private static final PlaywrightVersion BEFORE_TAGS = new PlaywrightVersion(1, 40);

    private static SuiteTest test(String project, String... titles) {
        return new SuiteTest(
                project + String.join("/", titles),
                project,
                new TestPlace("a.spec.ts", List.of(titles), 1, 1, "default"),
                List.of(),
                "g");
    }

    /** Reads a pattern as Playwright does: the slashes must be found by a dot pattern. */
    private static Pattern read(String pattern) {
        assertThat(pattern).matches("/.*/");
        return Pattern.compile(pattern.substring(1, pattern.length() - 1));
    }

    private static Pattern of(PlaywrightVersion version, SuiteTest... tests) {
        List<String> patterns = GrepSelection.patterns(List.of(tests), version);
        assertThat(patterns).hasSize(1);
        return read(patterns.get(0));
    }

    private static boolean matches(Pattern pattern, String title) {
        return pattern.matcher(title).find();
    }

    @Nested
    class GivenTitlesFullOfSigns {

        @Test
        void whenMatched_thenExactlyTheyMatch() {
            for (String title : List.of(
                    "a › b", "two\nlines", "^(a|b)*[c-d]{2}.+?$ \\d/", "🛒 ü", "$HOME `x` 'y' \"z\"", "\r\u2028")) {
                Pattern pattern = of(BEFORE_TAGS, test("desktop", "group", title));

                assertThat(matches(pattern, "desktop a.spec.ts group " + title))
                        .as(title)
                        .isTrue();
                assertThat(matches(pattern, "desktop a.spec.ts group " + title + " more"))
                        .isFalse();
                assertThat(matches(pattern, "mobile a.spec.ts group " + title)).isFalse();
                assertThat(matches(pattern, "desktop a.spec.ts GROUP " + title)).isFalse();
            }
        }

        @Test
        void whenThereIsNoProject_thenTheTitleBeginsWithABlank() {
            assertThat(matches(of(BEFORE_TAGS, test("", "t")), " a.spec.ts t")).isTrue();
        }
    }

    @Test
    void whenVersionPutsTagsBehindTitles_thenTheyMayStandThere() {
        Pattern pattern = of(new PlaywrightVersion(1, 42), test("desktop", "group", "t"));

        assertThat(matches(pattern, "desktop a.spec.ts group @slow @x t @fast")).isTrue();
        assertThat(matches(pattern, "desktop a.spec.ts group t2")).isFalse();
    }

    @Test
    void whenTestsAreMany_thenEachPatternFitsAnArgumentAndTogetherTheyMatchAll() {
        List<SuiteTest> tests = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            tests.add(test("desktop", "a rather long title of a group of tests", "number " + i));
        }

        List<String> patterns = GrepSelection.patterns(tests, BEFORE_TAGS);

        assertThat(patterns)
                .hasSizeGreaterThan(1)
                .allSatisfy(pattern -> assertThat(pattern.getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(GrepSelection.MAX_BYTES + 16));
        List<Pattern> compiled = patterns.stream().map(GrepSelectionTest::read).toList();
        for (int i = 0; i < 5_000; i += 499) {
            String title = "desktop a.spec.ts a rather long title of a group of tests number " + i;
            assertThat(compiled.stream().filter(pattern -> matches(pattern, title)))
                    .hasSize(1);
        }
    }
}
