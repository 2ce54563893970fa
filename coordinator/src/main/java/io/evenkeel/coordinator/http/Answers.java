package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;

/** Writes answers. */
final class Answers {

    private Answers() {}

    static void json(Context context, JsonNode json) {
        text(context, "application/json", json.toString());
    }

    static void text(Context context, String type, String text) {
        context.contentType(type).header("Cache-Control", "no-store").result(text);
    }
}
