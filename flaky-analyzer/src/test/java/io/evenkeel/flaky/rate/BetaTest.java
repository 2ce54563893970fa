package io.evenkeel.flaky.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BetaTest {

    @Nested
    class GivenShapesWithAClosedForm {

        @Test
        void whenOneShapeIsOne_thenTheDistributionIsAPower() {
            // Beta(a, 1) has P(X < x) = x^a, Beta(1, b) has 1 - (1 - x)^b.
            assertThat(new Beta(3, 1).below(0.7)).isCloseTo(0.343, within(1e-12));
            assertThat(new Beta(1, 149).below(0.02)).isCloseTo(1 - Math.pow(0.98, 149), within(1e-12));
            assertThat(new Beta(0.5, 1).quantile(0.3)).isCloseTo(0.09, within(1e-9));
        }

        @Test
        void whenShapesAreWhole_thenTheDistributionIsABinomialSum() {
            // P(Beta(2, 4) < x) = P(at least 2 of 5) = 1 - (1-x)^5 - 5 x (1-x)^4.
            double x = 0.25;
            double expected = 1 - Math.pow(0.75, 5) - 5 * x * Math.pow(0.75, 4);

            assertThat(new Beta(2, 4).below(x)).isCloseTo(expected, within(1e-12));
        }

        @Test
        void whenTheQuantileIsAskedBack_thenItIsTheShare() {
            for (double share : new double[] {0.05, 0.5, 0.95}) {
                Beta beta = new Beta(0.25, 1001.45);
                assertThat(beta.below(beta.quantile(share))).isCloseTo(share, within(1e-8));
            }
        }
    }
}
