package io.evenkeel.bench.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.bench.split.Recording.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AssignmentTest {

    private static List<Unit> units(int files, int perFile) {
        List<Unit> units = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            for (int test = 0; test < perFile; test++) {
                units.add(new Unit("file-" + file, "file-" + file + "::" + test, 1 + file, List.of()));
            }
        }
        return units;
    }

    private static double[] durations(List<Unit> units) {
        return units.stream().mapToDouble(Unit::newest).toArray();
    }

    @Nested
    class GivenAnyRule {

        static Stream<String> rules() {
            return Assignment.all().keySet().stream();
        }

        @ParameterizedTest
        @MethodSource("rules")
        void whenItDeals_thenEveryUnitRunsOnce(String rule) {
            List<Unit> units = units(7, 5);
            for (int machines : new int[] {1, 4, 50}) {
                List<List<Integer>> shares = Stream.of(rule)
                        .flatMap(name -> Stream.ofNullable(Assignment.all().get(name)))
                        .map(found -> found.assign(units, durations(units), machines))
                        .findFirst()
                        .orElseThrow();

                assertThat(shares).hasSize(machines);
                assertThat(shares.stream().flatMap(List::stream))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, units.size()).boxed().toList());
            }
        }
    }

    @Nested
    class GivenPytestSplit {

        @Test
        void whenItCutsChunks_thenAGroupEndsOnceItHasItsShare() {
            List<Unit> units = units(4, 1);

            // Shares of 5: 1 + 2 + 3 reaches it, 4 is the next group.
            assertThat(Stream.ofNullable(Assignment.all().get("pytest-split-chunks"))
                            .map(rule -> rule.assign(units, durations(units), 2)))
                    .containsExactly(List.of(List.of(0, 1, 2), List.of(3)));
        }
    }

    @Nested
    class GivenFamilies {

        private SetupCase families(int count) {
            double[] truth = new double[40];
            Arrays.fill(truth, 1000);
            int[] family = IntStream.range(0, 40).map(unit -> unit % count).toArray();
            return new SetupCase(truth, family, 10_000, 4);
        }

        @Test
        void whenEachMachineCanHaveAFamily_thenCutFamiliesReachTheBound() {
            assertThat(families(4).weakBound()).isEqualTo(20_000);
            assertThat(families(4).cutFamilies()).isEqualTo(20_000);
        }

        @Test
        void whenTheOrderMixesFamilies_thenGreedyPaysFewerSetUpsThanBlind() {
            assertThat(families(3).greedy()).isLessThan(families(3).blind());
        }
    }
}
