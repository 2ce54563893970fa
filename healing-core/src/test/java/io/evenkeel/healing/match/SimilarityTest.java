package io.evenkeel.healing.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarityTest {

    private static final String ALPHABET = "abzAZ09 _-./\t\nüÄßñ中\uD83D\uDE00\u2003'";

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(90); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @Nested
    class GivenTexts {

        /** What the words of a text are, said by a regular expression. */
        private static final Pattern CUTS = Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\\d)|[^\\p{L}\\d]+");

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3})
        void whenTakenApart_thenTheWordsAreThoseOfTheRegularExpression(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 500; i++) {
                String text = text(random);
                List<String> expected = new ArrayList<>();
                for (String word : CUTS.split(text)) {
                    if (!word.isEmpty()) {
                        expected.add(word.toLowerCase(Locale.ROOT));
                    }
                }

                assertThat(Similarity.words(text)).as(text).isEqualTo(expected);
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {4, 5})
        void whenFolded_thenWhiteSpaceIsCollapsed(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 500; i++) {
                String text = text(random);

                assertThat(Similarity.fold(text))
                        .as(text)
                        .isEqualTo(text.toLowerCase(Locale.ROOT)
                                .replaceAll("\\s+", " ")
                                .strip());
            }
        }

        @Test
        void whenAnIdentifierIsInCamelCase_thenItsWordsAreFound() {
            assertThat(Similarity.words("addToCart2")).containsExactly("add", "to", "cart", "2");
        }
    }

    @Nested
    class GivenPairs {

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {6, 7, 8})
        void whenCompared_thenTheDistanceIsThatOfTheTable(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 300; i++) {
                String a = text(random);
                String b = text(random);
                String x = a.substring(0, Math.min(64, a.length()));
                String y = b.substring(0, Math.min(64, b.length()));
                double expected = a.equals(b)
                        ? 1
                        : x.isEmpty() || y.isEmpty() ? 0 : 1 - table(x, y) / (double) Math.max(x.length(), y.length());

                assertThat(Similarity.edit(a, b)).as(a + " | " + b).isCloseTo(expected, within(1e-12));
            }
        }

        private static int table(String a, String b) {
            int[][] d = new int[a.length() + 1][b.length() + 1];
            for (int i = 0; i <= a.length(); i++) {
                for (int j = 0; j <= b.length(); j++) {
                    if (i == 0 || j == 0) {
                        d[i][j] = i + j;
                    } else {
                        int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                        d[i][j] = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                    }
                }
            }
            return d[a.length()][b.length()];
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {9, 10, 11})
        void whenPathsAreCompared_thenTheCommonPartIsTheLongestOfAll(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 300; i++) {
                int[] a = random.ints(random.nextInt(9), 0, 4).toArray();
                int[] b = random.ints(random.nextInt(9), 0, 4).toArray();
                double expected = a.length == 0 || b.length == 0
                        ? 0
                        : longest(a, 0, b, 0) / (double) Math.max(a.length, b.length);

                assertThat(Similarity.sequence(a, b)).isCloseTo(expected, within(1e-12));
            }
        }

        private static int longest(int[] a, int i, int[] b, int j) {
            if (i == a.length || j == b.length) {
                return 0;
            }
            return a[i] == b[j]
                    ? 1 + longest(a, i + 1, b, j + 1)
                    : Math.max(longest(a, i + 1, b, j), longest(a, i, b, j + 1));
        }
    }
}
