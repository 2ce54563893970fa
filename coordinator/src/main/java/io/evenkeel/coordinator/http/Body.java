package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The JSON object a request carries, read once and within the limit of its route.
 *
 * <p>Immutable. Every wrong field ends the request with 400 and a sentence that names it.
 */
record Body(JsonNode json) {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration LONGEST = Duration.ofMinutes(2);

    /**
     * Reads it.
     *
     * @throws ProblemException 413 when it is larger than {@code mostBytes}, 400 when it is no JSON object
     */
    static Body read(Context context, long mostBytes) {
        try (InputStream stream = new LimitedStream(context.req().getInputStream(), mostBytes, LONGEST)) {
            JsonNode json = JSON.readTree(stream);
            if (json == null || !json.isObject()) {
                throw ProblemException.badRequest("The body must be a JSON object.");
            }
            return new Body(json);
        } catch (LimitedStream.LimitException e) {
            throw ProblemException.tooLarge(
                    "The body may have at most " + mostBytes / (1024 * 1024) + " MiB. Send less at once.");
        } catch (JsonProcessingException e) {
            throw ProblemException.badRequest("The body is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ProblemException.badRequest("The body ended too early: " + e.getMessage());
        }
    }

    String required(String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isTextual() || value.asText().isBlank()) {
            throw ProblemException.badRequest("The field \"" + name + "\" must be a text that is not empty.");
        }
        return value.asText();
    }

    String text(String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? "" : value.asText();
    }

    int count(String name, int otherwise) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw ProblemException.badRequest("The field \"" + name + "\" must be a whole number.");
        }
        return value.asInt();
    }

    double number(String name, double otherwise) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw ProblemException.badRequest("The field \"" + name + "\" must be a number.");
        }
        return value.asDouble();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(name)) {
            texts.add(item.asText());
        }
        return texts;
    }

    /** Returns the array; an empty one when the field is missing. */
    JsonNode array(String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return JSON.createArrayNode();
        }
        if (!value.isArray()) {
            throw ProblemException.badRequest("The field \"" + name + "\" must be an array.");
        }
        return value;
    }

    /** Turns the complaint of a value's constructor into an answer of 400. */
    static <T> T checked(Supplier<T> create) {
        try {
            return create.get();
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
