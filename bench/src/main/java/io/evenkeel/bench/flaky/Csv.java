package io.evenkeel.bench.flaky;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads RFC 4180 files, plain or gzip, by the names of their first line. Static functions. */
final class Csv {

    private static final int MOST_FIELD = 1 << 20;

    private Csv() {}

    /** One line; fields by name, empty when the column is missing. */
    record Line(Map<String, Integer> columns, List<String> fields) {

        String get(String column) {
            Integer at = columns.get(column);
            return at == null || at >= fields.size() ? "" : fields.get(at);
        }

        long number(String column, long otherwise) {
            try {
                return Long.parseLong(get(column));
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }

        double decimal(String column, double otherwise) {
            try {
                return Double.parseDouble(get(column));
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
    }

    static void readHeader(Path file, Consumer<List<String>> columns) throws IOException {
        try (BufferedReader reader = open(file)) {
            columns.accept(next(reader));
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    static void read(Path file, Consumer<Line> each) throws IOException {
        try (BufferedReader reader = open(file)) {
            List<String> header = next(reader);
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                columns.put(header.get(i), i);
            }
            for (List<String> fields = next(reader); !fields.isEmpty(); fields = next(reader)) {
                if (fields.size() > 1 || !fields.get(0).isEmpty()) {
                    each.accept(new Line(columns, fields));
                }
            }
        }
    }

    /** Reads one record, which may span lines inside quotes; an empty list at the end of the file. */
    private static List<String> next(BufferedReader reader) throws IOException {
        List<String> fields = new ArrayList<>(8);
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            any = true;
            if (quoted) {
                if (c != '"') {
                    append(field, c);
                } else {
                    reader.mark(1);
                    int after = reader.read();
                    if (after == '"') {
                        append(field, c);
                    } else {
                        quoted = false;
                        if (after >= 0) {
                            reader.reset();
                        }
                    }
                }
            } else if (c == '"' && field.length() == 0) {
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                fields.add(field.toString());
                return fields;
            } else if (c != '\r') {
                append(field, c);
            }
        }
        if (any) {
            fields.add(field.toString());
        }
        return fields;
    }

    private static void append(StringBuilder field, int c) {
        if (field.length() < MOST_FIELD) {
            field.append((char) c);
        }
    }
}
