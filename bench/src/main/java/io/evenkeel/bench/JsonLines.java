package io.evenkeel.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.Map;

/** Prints results, one JSON object a line, each as soon as it is known. One thread. */
public final class JsonLines {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;

    public JsonLines(PrintStream out) {
        this.out = out;
    }

    /** Prints one object with its fields in the order of the map. */
    public void print(Map<String, ?> fields) {
        try {
            out.println(JSON.writeValueAsString(fields));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The fields (" + fields + ") of a result must be JSON values.", e);
        }
    }
}
