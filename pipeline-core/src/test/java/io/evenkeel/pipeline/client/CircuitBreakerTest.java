package io.evenkeel.pipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final long SECOND = 1_000_000_000L;

    private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(2), Duration.ofSeconds(6));

    private void fail(int times, long ticks) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.admits(ticks)).isTrue();
            breaker.failed(ticks);
        }
    }

    @Nested
    class GivenFewerFailuresThanTheThreshold {

        @Test
        void whenOneSucceedsBetweenThem_thenItStaysClosed() {
            fail(2, 0);
            breaker.succeeded();
            fail(2, 0);

            assertThat(breaker.admits(0)).isTrue();
        }
    }

    @Nested
    class GivenAnOpenBreaker {

        @Test
        void whenItRests_thenNothingPasses() {
            fail(3, 0);

            assertThat(breaker.admits(2 * SECOND - 1)).isFalse();
        }

        @Test
        void whenTheRestIsOver_thenOneProbePasses() {
            fail(3, 0);

            assertThat(breaker.admits(2 * SECOND)).isTrue();
            assertThat(breaker.admits(2 * SECOND)).isFalse();
        }

        @Test
        void whenProbesFail_thenEachRestIsTwiceAsLongUpToTheLongest() {
            fail(3, 0);
            fail(1, 2 * SECOND);
            assertThat(breaker.admits(6 * SECOND - 1)).isFalse();
            fail(1, 6 * SECOND);
            assertThat(breaker.admits(12 * SECOND - 1)).isFalse();
            fail(1, 12 * SECOND);
            assertThat(breaker.admits(18 * SECOND - 1)).isFalse();
            assertThat(breaker.admits(18 * SECOND)).isTrue();
        }

        @Test
        void whenAProbeSucceeds_thenItIsClosedAndForgetsTheLongRest() {
            fail(3, 0);
            assertThat(breaker.admits(2 * SECOND)).isTrue();
            breaker.succeeded();
            fail(3, 2 * SECOND);

            assertThat(breaker.admits(4 * SECOND)).isTrue();
        }

        @Test
        void whenRequestsThatWereUnderWayFail_thenTheRestIsNotProlonged() {
            fail(3, 0);
            breaker.failed(SECOND);

            assertThat(breaker.admits(2 * SECOND)).isTrue();
        }
    }

    @Nested
    class GivenABackoff {

        @Test
        void whenManyRetriesAreMade_thenEachWaitIsWithinItsBound() {
            Random random = new Random(7);
            Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
            for (int n = 0; n < 100; n++) {
                Duration bound = n < 6 ? Duration.ofMillis(100L << n) : Duration.ofSeconds(5);

                assertThat(backoff.before(n, random)).isBetween(Duration.ZERO, bound);
            }
        }

        @Test
        void whenManyExecutorsRetry_thenTheirWaitsAreSpread() {
            Random random = new Random(7);
            long inFirstHalf = java.util.stream.IntStream.range(0, 1_000)
                    .filter(i -> Backoff.standard().before(0, random).toMillis() < 50)
                    .count();

            assertThat(inFirstHalf).isBetween(400L, 600L);
        }
    }
}
