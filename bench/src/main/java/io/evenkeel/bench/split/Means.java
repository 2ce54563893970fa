package io.evenkeel.bench.split;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Collects the rows of one suite and number of machines, and prints the means over their seeds. One thread. */
final class Means implements Consumer<Row> {

    private record Cell(String algorithm, double pullMs, double setupMs) {}

    private final Map<Cell, List<Row>> rows = new LinkedHashMap<>();

    @Override
    public void accept(Row row) {
        Cell cell = new Cell(row.algorithm(), row.costs().pullMs(), row.costs().setupMs());
        rows.computeIfAbsent(cell, any -> new ArrayList<>()).add(row);
    }

    /** Returns the fields of a row for each algorithm: {@code seeds} counts the rows, the rest are means over them. */
    List<Map<String, Object>> fields() {
        List<Map<String, Object>> all = new ArrayList<>();
        rows.values().forEach(same -> {
            Map<String, Object> fields = new LinkedHashMap<>(same.get(0).fields());
            fields.put("makespanMs", Millis.rounded(mean(same, Row::makespanMs)));
            fields.put("lowerBoundMs", Millis.rounded(mean(same, Row::lowerBoundMs)));
            fields.put("ratio", Math.round(mean(same, Row::ratio) * 1e6) / 1e6);
            fields.put("planMs", Millis.rounded(mean(same, row -> row.costs().planMs())));
            fields.remove("seed");
            fields.put("seeds", same.size());
            all.add(fields);
        });
        return all;
    }

    private static double mean(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).average().orElse(0);
    }
}
