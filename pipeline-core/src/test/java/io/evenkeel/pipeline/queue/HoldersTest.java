package io.evenkeel.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldersTest {

    private static final long ONE = 1;
    private static final long TWO = 2;

    private final Holders holders = new Holders();

    HoldersTest() {
        holders.add(ONE, 7, Duration.ofSeconds(10));
        holders.add(ONE, 3, Duration.ofSeconds(5));
        holders.add(TWO, 4, Duration.ofSeconds(1));
    }

    @Test
    void whenAgentsHoldItems_thenEachHasItsOwnInOrder() {
        assertThat(holders.positions(ONE)).containsExactly(3, 7);
        assertThat(holders.left(ONE)).isEqualTo(Duration.ofSeconds(15));
        assertThat(holders.count(ONE)).isEqualTo(2);
        assertThat(holders.count()).isEqualTo(3);
    }

    @Test
    void whenOneIsDone_thenItCountsNoMore() {
        holders.remove(ONE, 7, Duration.ofSeconds(10));
        holders.remove(ONE, 7, Duration.ofSeconds(10));
        holders.remove(TWO, 3, Duration.ofSeconds(5));

        assertThat(holders.positions(ONE)).containsExactly(3);
        assertThat(holders.left(ONE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(holders.left(TWO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(holders.count()).isEqualTo(2);
    }

    @Test
    void whenAllIsTakenFromAnAgent_thenItHoldsNothing() {
        assertThat(holders.removeAll(ONE)).containsExactly(3, 7);

        assertThat(holders.removeAll(ONE)).isEmpty();
        assertThat(holders.left(ONE)).isZero();
        assertThat(holders.count()).isEqualTo(1);
    }
}
