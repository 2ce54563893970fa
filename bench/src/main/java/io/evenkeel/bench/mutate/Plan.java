package io.evenkeel.bench.mutate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The order in which mutants are tried: by turns of the operators, so that each has its share. */
final class Plan {

    private Plan() {}

    /**
     * Returns every pair of an element and an operator of a kind, shuffled by the seed.
     *
     * @param usages in the order of the suite
     */
    static List<Mutant> of(List<Usage> usages, Operator.Kind kind, long seed) {
        Map<Operator, List<Mutant>> byOperator = new LinkedHashMap<>();
        for (Operator operator : Operator.values()) {
            if (operator.kind() == kind) {
                List<Mutant> mutants = new ArrayList<>();
                for (int i = 0; i < usages.size(); i++) {
                    mutants.add(new Mutant(usages.get(i), operator, seed + 31L * i));
                }
                Collections.shuffle(mutants, new Random(seed + operator.ordinal()));
                byOperator.put(operator, mutants);
            }
        }
        List<Mutant> order = new ArrayList<>();
        for (int turn = 0; turn < usages.size(); turn++) {
            for (List<Mutant> mutants : byOperator.values()) {
                order.add(mutants.get(turn));
            }
        }
        return order;
    }
}
