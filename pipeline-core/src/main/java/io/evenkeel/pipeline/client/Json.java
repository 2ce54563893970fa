package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The little JSON the client needs. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** Returns the object the text holds; an empty one when it holds none. */
    static JsonNode object(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node != null && node.isObject() ? node : newObject();
        } catch (JsonProcessingException e) {
            return newObject();
        }
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Returns the line with each text of more than {@code longest} characters cut to that length, and marked as cut. */
    static String cutTexts(String line, int longest) {
        JsonNode node = object(line);
        cut(node, longest);
        return node.toString();
    }

    private static void cut(JsonNode node, int longest) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            for (Map.Entry<String, JsonNode> field : fields) {
                if (field.getKey().equals("body") && field.getValue().isTextual()) {
                    object.remove("body"); // half a base64 text is worth nothing
                } else if (isLong(field.getValue(), longest)) {
                    object.set(field.getKey(), shortened(field.getValue(), longest));
                } else {
                    cut(field.getValue(), longest);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isLong(array.get(i), longest)) {
                    array.set(i, shortened(array.get(i), longest));
                } else {
                    cut(array.get(i), longest);
                }
            }
        }
    }

    private static boolean isLong(JsonNode node, int longest) {
        return node.isTextual() && node.textValue().length() > longest;
    }

    private static JsonNode shortened(JsonNode node, int longest) {
        String text = node.textValue();
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return TextNode.valueOf(text.substring(0, end) + " … (cut, was " + text.length() + " characters)");
    }
}
