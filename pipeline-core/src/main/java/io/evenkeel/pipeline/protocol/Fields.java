package io.evenkeel.pipeline.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of one JSON object, read with the rules of the spool format. Immutable. */
record Fields(JsonNode node) {

    /** Returns a text that must be there and not blank. */
    String required(String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual() || value.asText().isBlank()) {
            throw new MalformedEventException("field \"" + name + "\" is missing or no text");
        }
        return value.asText();
    }

    String text(String name, String otherwise) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? otherwise : value.asText();
    }

    Optional<String> optional(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    long number(String name, long otherwise) {
        JsonNode value = node.get(name);
        return value == null || !value.isNumber() ? otherwise : value.asLong();
    }

    double fraction(String name) {
        JsonNode value = node.get(name);
        return value == null || !value.isNumber() ? 0 : Math.min(1, Math.max(0, value.asDouble()));
    }

    long positive(String name) {
        long value = number(name, -1);
        if (value < 1) {
            throw new MalformedEventException("field \"" + name + "\" must be a number of at least 1");
        }
        return value;
    }

    /** Returns a small number of at least 0; something else reads as 0. */
    int count(String name) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number(name, 0)));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.path(name)) {
            texts.add(item.asText());
        }
        return texts;
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode item : node.path(name)) {
            if (item.isObject()) {
                objects.add(new Fields(item));
            }
        }
        return objects;
    }

    Optional<Fields> object(String name) {
        JsonNode value = node.get(name);
        return value == null || !value.isObject() ? Optional.empty() : Optional.of(new Fields(value));
    }
}
