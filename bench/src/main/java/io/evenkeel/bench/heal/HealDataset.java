package io.evenkeel.bench.heal;

import java.util.List;

/**
 * Labelled cases of one origin.
 *
 * @param name of the folder they came from
 * @param mode {@code reference} or {@code noReference}
 * @param cases present and removed ones
 */
record HealDataset(String name, String mode, List<HealCase> cases) {

    static final String REFERENCE = "reference";
    static final String NO_REFERENCE = "noReference";

    HealDataset {
        cases = List.copyOf(cases);
    }
}
