package io.evenkeel.flaky.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.TestId;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignatureIndexTest {

    private static FailureSignature signature(String message, String frame) {
        return FailureSignature.of(message, "    at " + frame + " (/w/e2e/cart.spec.ts:1:1)");
    }

    @Nested
    class GivenTwoTextsThatDifferByAWord {

        private final SignatureIndex index = new SignatureIndex();

        @Test
        void whenPlaceAndExceptionAreTheSame_thenTheyShareACluster() {
            String text =
                    "Error: the basket of customer %s could not be loaded from the warehouse service in the given time";
            String first = index.cluster(signature(text.formatted("Ann"), "open"));
            String second = index.cluster(signature(text.formatted("Bob"), "open"));

            assertThat(second).isEqualTo(first);
            assertThat(index.size()).isEqualTo(1);
        }

        @Test
        void whenExceptionAndPlaceDiffer_thenTheyStayApart() {
            String text =
                    ": the basket of the customer could not be loaded from the warehouse service in the given time";
            String first = index.cluster(signature("RuntimeError" + text, "open"));
            String second = index.cluster(signature("RuntimeError2Error" + text, "close"));

            assertThat(second).isNotEqualTo(first);
        }

        @Test
        void whenTheCategoryDiffers_thenTheyStayApart() {
            FailureSignature one = FailureSignature.of(FailureCategory.NETWORK, "same words here", "", "f");
            FailureSignature other = FailureSignature.of(FailureCategory.UNKNOWN, "same words here", "", "f");

            assertThat(index.cluster(other)).isNotEqualTo(index.cluster(one));
        }

        @Test
        void whenAFingerprintComesAgain_thenItsClusterIsTheSame() {
            FailureSignature one = signature("Error: boom", "f");

            assertThat(index.cluster(one)).isEqualTo(index.cluster(one)).isEqualTo(one.fingerprint());
        }
    }

    @Nested
    class GivenTestsThatFailTogether {

        private final TestId a = new TestId("s", "a");
        private final TestId b = new TestId("s", "b");
        private final TestId c = new TestId("s", "c");
        private final TestId d = new TestId("s", "d");

        @Test
        void whenHalfOfTheirFailingRunsAreJoint_thenTheyFormAGroup() {
            TreeMap<TestId, long[]> runs = new TreeMap<>();
            runs.put(a, new long[] {1, 5, 9, 12});
            runs.put(b, new long[] {9, 1, 5});
            runs.put(c, new long[] {1, 5});
            runs.put(d, new long[] {1, 5, 9, 20, 21, 22, 23, 24});

            assertThat(CoFailures.groups(runs)).containsExactly(List.of(a, b));
        }

        @Test
        void whenOneLinksTwo_thenAllThreeAreOneGroup() {
            TreeMap<TestId, long[]> runs = new TreeMap<>();
            runs.put(a, new long[] {1, 2, 3});
            runs.put(b, new long[] {1, 2, 3, 4, 5, 6});
            runs.put(c, new long[] {4, 5, 6});

            assertThat(CoFailures.groups(runs)).containsExactly(List.of(a, b, c));
        }
    }
}
