package io.evenkeel.bench.split;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One printed result.
 *
 * <p>Immutable.
 *
 * @param setting what was measured
 * @param algorithm ours is {@code evenkeel}
 * @param makespanMs start of the run to end of its last unit
 * @param lowerBoundMs what nothing can beat in this setting
 * @param costs what the algorithm pays
 */
record Row(Setting setting, String algorithm, double makespanMs, double lowerBoundMs, Costs costs) {

    /** Suite, mode, number of machines and the seed or number of the replayed run. */
    record Setting(String suite, String mode, int machines, long seed) {}

    /** Time to plan, cost of a pull (0 for plans) and set-up of a family (0 without families), all in milliseconds. */
    record Costs(double planMs, double pullMs, double setupMs) {

        static final Costs NONE = new Costs(0, 0, 0);
    }

    /** Returns makespan / lower bound, 1 when there is nothing to do. */
    double ratio() {
        return lowerBoundMs == 0 ? 1 : makespanMs / lowerBoundMs;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("suite", setting.suite());
        fields.put("mode", setting.mode());
        fields.put("machines", setting.machines());
        fields.put("algorithm", algorithm);
        fields.put("makespanMs", Millis.rounded(makespanMs));
        fields.put("lowerBoundMs", Millis.rounded(lowerBoundMs));
        fields.put("ratio", Math.round(ratio() * 1e6) / 1e6);
        fields.put("planMs", Millis.rounded(costs.planMs()));
        fields.put("pullMs", costs.pullMs());
        fields.put("setupMs", costs.setupMs());
        fields.put("seed", setting.seed());
        return fields;
    }
}
