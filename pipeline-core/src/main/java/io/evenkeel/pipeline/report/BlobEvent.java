package io.evenkeel.pipeline.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The JSON of the lines of a blob report, versions 1 (to 1.40) and 2. Thread-safe. */
final class BlobEvent {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory JSON = MAPPER.getFactory();

    private static final String BEGIN = "{\"method\":\"";

    private BlobEvent() {}

    /** Returns what kind of event a line is, empty when it is none. */
    static String method(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedFileException("a line of its report is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("method") && value == JsonToken.VALUE_STRING) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return "";
        } catch (IOException e) {
            throw new RefusedFileException("a line of its report is no JSON", e);
        }
    }

    /** Returns what {@link #method} does for a line that was read before, without reading all of it where Playwright wrote it. */
    static String methodOfKnown(String line) {
        int begin = BEGIN.length();
        int end = line.startsWith(BEGIN) ? line.indexOf('"', begin) : -1;
        boolean plain = end > begin && line.charAt(end - 1) != '\\';
        return plain ? line.substring(begin, end) : method(line);
    }

    /** Reads a whole line. */
    static ObjectNode read(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new RefusedFileException("a line of its report is no JSON object");
        } catch (JsonProcessingException e) {
            throw new RefusedFileException("a line of its report is no JSON", e);
        }
    }

    /** Returns the id of the test an event belongs to, empty when it belongs to none. */
    static String testId(ObjectNode event) {
        JsonNode params = event.path("params");
        String direct = params.path("testId").asText("");
        return direct.isEmpty() ? params.path("test").path("testId").asText("") : direct;
    }

    /** Returns the id of the test a line belongs to, empty when it belongs to none; the rest of the line is not kept. */
    static String testId(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            String ofTest = "";
            int depth = 0;
            boolean inParams = false;
            boolean inTest = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case FIELD_NAME -> {
                        String field = parser.currentName();
                        inParams = depth == 1 ? field.equals("params") : inParams;
                        inTest = depth == 2 ? inParams && field.equals("test") : inTest;
                    }
                    case VALUE_STRING -> {
                        if (depth == 2 && inParams && "testId".equals(parser.currentName())) {
                            return parser.getText();
                        }
                        if (depth == 3 && inTest && "testId".equals(parser.currentName())) {
                            ofTest = parser.getText();
                        }
                    }
                    default -> {
                        // numbers and such say nothing about it
                    }
                }
            }
            return ofTest;
        } catch (IOException e) {
            throw new RefusedFileException("a line of its report is no JSON", e);
        }
    }

    /** Hands over the ids of all tests of an {@code onProject} line, file by file, and returns the rest of the project. */
    static ObjectNode project(String line, Consumer<String> ids) {
        String rest = copyProject(line, suite -> {
            collect(suite, ids);
            return false;
        });
        return (ObjectNode) read(rest).path("params").path("project");
    }

    /** Returns an {@code onProject} line with the tests wanted; suites that become empty are gone. */
    static String keepTests(String line, Predicate<String> wanted) {
        return copyProject(line, suite -> keep(suite, wanted));
    }

    /** Copies a project token by token, so that only one file of the suite is in memory as a tree. */
    private static String copyProject(String line, Predicate<ObjectNode> suiteFilter) {
        StringWriter out = new StringWriter(Math.min(line.length(), 1 << 20));
        try (JsonParser in = JSON.createParser(line);
                JsonGenerator json = MAPPER.createGenerator(out)) {
            int depth = 0;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                json.copyCurrentEvent(in);
                if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                    depth++;
                } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME
                        && depth == 3
                        && in.currentName().equals("suites")) {
                    in.nextToken();
                    copySuites(in, json, suiteFilter);
                }
            }
        } catch (IOException e) {
            throw new RefusedFileException("a project of its report is no JSON", e);
        }
        return out.toString();
    }

    private static void copySuites(JsonParser in, JsonGenerator json, Predicate<ObjectNode> suiteFilter)
            throws IOException {
        json.writeStartArray();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            ObjectNode suite = MAPPER.readTree(in);
            if (suiteFilter.test(suite)) {
                MAPPER.writeTree(json, suite);
            }
        }
        json.writeEndArray();
    }

    /** Version 1 keeps suites and tests apart, version 2 has entries of both kinds. */
    private static List<ArrayNode> children(ObjectNode suite) {
        List<ArrayNode> lists = new ArrayList<>();
        for (String name : List.of("entries", "suites", "tests")) {
            if (suite.get(name) instanceof ArrayNode list) {
                lists.add(list);
            }
        }
        return lists;
    }

    private static void collect(ObjectNode suite, Consumer<String> ids) {
        for (ArrayNode list : children(suite)) {
            for (JsonNode child : list) {
                if (child.has("testId")) {
                    ids.accept(child.path("testId").asText());
                } else if (child instanceof ObjectNode inner) {
                    collect(inner, ids);
                }
            }
        }
    }

    private static boolean keep(ObjectNode suite, Predicate<String> wanted) {
        boolean any = false;
        for (ArrayNode list : children(suite)) {
            for (int i = list.size() - 1; i >= 0; i--) {
                JsonNode child = list.get(i);
                boolean kept = child.has("testId")
                        ? wanted.test(child.path("testId").asText())
                        : child instanceof ObjectNode inner && keep(inner, wanted);
                if (!kept) {
                    list.remove(i);
                }
                any |= kept;
            }
        }
        return any;
    }
}
