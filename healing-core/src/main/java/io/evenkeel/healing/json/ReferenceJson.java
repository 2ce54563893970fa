package io.evenkeel.healing.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Inventory;
import io.evenkeel.healing.reference.Nature;
import io.evenkeel.healing.reference.PageFacts;
import io.evenkeel.healing.reference.Placement;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.reference.Wording;
import io.evenkeel.healing.snapshot.Box;
import io.evenkeel.healing.source.CallSite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * References as JSON: {@code {"v":1,"references":[…]}}. Pure and thread-safe.
 */
public final class ReferenceJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReferenceJson() {}

    /** Writes a book on one line. */
    public static String write(ReferenceBook book) {
        ObjectNode root = MAPPER.createObjectNode().put("v", 1);
        ArrayNode references = root.putArray("references");
        for (Reference reference : book.references()) {
            references.add(write(reference));
        }
        return root.toString();
    }

    private static ObjectNode write(Reference reference) {
        Fingerprint element = reference.element();
        ObjectNode node = MAPPER.createObjectNode()
                .put("file", reference.site().file())
                .put("line", reference.site().line())
                .put("column", reference.site().column())
                .put("locator", reference.locator())
                .put("action", reference.action())
                .put("tag", element.nature().tag())
                .put("role", element.nature().role())
                .put("text", element.wording().text())
                .put("name", element.wording().name())
                .put("label", element.wording().label());
        ObjectNode attributes = node.putObject("attributes");
        element.attributes().forEach(attributes::put);
        Placement placement = element.placement();
        strings(node.putArray("path"), placement.path());
        strings(node.putArray("anchors"), placement.anchors());
        node.put("neighbours", placement.neighbours()).put("twins", placement.twins());
        if (!Double.isNaN(placement.rank())) {
            node.put("rank", placement.rank());
        }
        if (element.box().known()) {
            Box box = element.box();
            node.putArray("box").add(box.x()).add(box.y()).add(box.width()).add(box.height());
        }
        ObjectNode page = node.putObject("page")
                .put("path", reference.page().path())
                .put("title", reference.page().title());
        strings(page.putArray("marks"), reference.page().marks());
        page.put("inventory", String.join(" ", reference.page().inventory().keys()));
        return node;
    }

    private static void strings(ArrayNode array, Iterable<String> values) {
        values.forEach(array::add);
    }

    /**
     * Reads a book.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    public static ReferenceBook read(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The references must be JSON.\nMaybe the file was cut off; run `evenkeel learn` again.", e);
        }
        if (root.path("v").asInt() != 1) {
            throw new IllegalArgumentException(
                    "The references (v=" + root.path("v").asText("none")
                            + ") must have version 1.\nMaybe another version of Evenkeel wrote them; run `evenkeel learn` again.");
        }
        List<Reference> references = new ArrayList<>();
        for (JsonNode node : root.path("references")) {
            references.add(reference(node));
        }
        return new ReferenceBook(references);
    }

    private static Reference reference(JsonNode node) {
        Map<String, String> attributes = new HashMap<>();
        node.path("attributes")
                .fields()
                .forEachRemaining(e -> attributes.put(e.getKey(), e.getValue().asText()));
        Placement placement = new Placement(
                strings(node.path("path")),
                strings(node.path("anchors")),
                node.path("neighbours").asText(),
                node.path("twins").asInt(-1),
                node.path("rank").asDouble(Double.NaN));
        JsonNode box = node.path("box");
        Fingerprint element = new Fingerprint(
                new Nature(node.path("tag").asText(), node.path("role").asText()),
                new Wording(
                        node.path("text").asText(),
                        node.path("name").asText(),
                        node.path("label").asText()),
                attributes,
                placement,
                box.size() == 4
                        ? new Box(
                                box.get(0).asDouble(),
                                box.get(1).asDouble(),
                                box.get(2).asDouble(),
                                box.get(3).asDouble())
                        : Box.UNKNOWN);
        JsonNode page = node.path("page");
        Set<String> marks = new HashSet<>(strings(page.path("marks")));
        String keys = page.path("inventory").asText();
        Inventory inventory =
                keys.isEmpty() ? Inventory.UNKNOWN : new Inventory(new HashSet<>(List.of(keys.split(" "))));
        return new Reference(
                new CallSite(
                        node.path("file").asText(),
                        node.path("line").asInt(),
                        node.path("column").asInt()),
                node.path("locator").asText(),
                node.path("action").asText(),
                element,
                new PageFacts(page.path("path").asText(), page.path("title").asText(), marks, inventory));
    }

    private static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }
}
