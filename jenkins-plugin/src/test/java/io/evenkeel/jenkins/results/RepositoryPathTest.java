package io.evenkeel.jenkins.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RepositoryPathTest {

    @Nested
    class GivenFileWithinTheRepository {

        @Test
        void whenTheTestsHaveAFolder_thenItStandsBefore() {
            assertThat(RepositoryPath.of("shop/tests", "cart.spec.ts")).contains("shop/tests/cart.spec.ts");
            assertThat(RepositoryPath.of("", "cart.spec.ts")).contains("cart.spec.ts");
        }

        @Test
        void whenItLiesBesideThatFolder_thenThePathHasNoDots() {
            assertThat(RepositoryPath.of("shop/tests", "../more/./pay.spec.ts")).contains("shop/more/pay.spec.ts");
        }

        @Test
        void whenTheExecutorWasWindows_thenItHasSlashes() {
            assertThat(RepositoryPath.of("shop", "pay\\card.spec.ts")).contains("shop/pay/card.spec.ts");
        }
    }

    @Nested
    class GivenFileElsewhere {

        @Test
        void whenAsked_thenItHasNoPath() {
            assertThat(RepositoryPath.of("shop", "../../outside.spec.ts")).isEmpty();
            assertThat(RepositoryPath.of("shop", "/tmp/outside.spec.ts")).isEmpty();
            assertThat(RepositoryPath.of("shop", "C:\\tmp\\outside.spec.ts")).isEmpty();
            assertThat(RepositoryPath.of("shop", "")).isEmpty();
        }
    }
}
