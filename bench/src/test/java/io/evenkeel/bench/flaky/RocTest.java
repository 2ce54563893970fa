package io.evenkeel.bench.flaky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RocTest {

    private static Roc.Point point(boolean flake, double score, double weight) {
        return new Roc.Point(0, flake, score, weight);
    }

    @Nested
    class GivenRandomScores {

        @Test
        void whenTheAreaIsComputed_thenItIsThatOfAllPairs() {
            Random random = new Random(7);
            List<Roc.Point> points = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                points.add(point(random.nextBoolean(), random.nextInt(10), 1 + random.nextInt(3)));
            }
            double wins = 0;
            double pairs = 0;
            for (Roc.Point flake : points) {
                for (Roc.Point other : points) {
                    if (flake.flake() && !other.flake()) {
                        double weight = flake.weight() * other.weight();
                        pairs += weight;
                        wins += flake.score() > other.score()
                                ? weight
                                : flake.score() == other.score() ? weight / 2 : 0;
                    }
                }
            }

            assertThat(Roc.auc(points).value()).isCloseTo(wins / pairs, within(1e-12));
        }
    }

    @Nested
    class GivenTwentyOthers {

        @Test
        void whenOneOfThemMayBeCalledAFlake_thenTheThresholdLiesBelowTheFirst() {
            List<Roc.Point> points = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                points.add(point(false, i, 1));
            }
            points.add(point(true, 18.5, 1));
            points.add(point(true, 17, 1));

            assertThat(Roc.truePositives(points, 0.05)).isEqualTo(0.5);
        }
    }

    @Nested
    class GivenOneKindOnly {

        @Test
        void whenTheAreaIsComputed_thenThereIsNone() {
            assertThat(Roc.auc(List.of(point(true, 1, 1))).value()).isNaN();
        }
    }
}
