package io.evenkeel.pipeline.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a vendor's OpenAPI document that a test speaks, and what it says of a request or an answer.
 *
 * <p>Everything else is cut off first: reading all of GitHub's thirteen megabytes takes longer than the tests. A request to a path that
 * was cut off breaks the contract. Thread-safe.
 */
public final class Contract {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final OpenApiInteractionValidator requests;
    private final OpenApiInteractionValidator answers;

    private Contract(JsonNode document) {
        this.document = document;
        this.requests = OpenApiInteractionValidator.createForInlineApiSpecification(document.toString())
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                        .build())
                .build();
        this.answers = OpenApiInteractionValidator.createForInlineApiSpecification(document.toString())
                .withLevelResolver(LevelResolver.create()
                        // Faults a server may always answer with are in few documents.
                        .withLevel("validation.response.status.unknown", ValidationReport.Level.IGNORE)
                        .withLevel("validation.response.body.unexpected", ValidationReport.Level.IGNORE)
                        // Parts of a composed schema do not know each other's fields.
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    /**
     * Reads the document.
     *
     * @param paths templates of the paths to keep
     */
    public static Contract of(Path file, List<String> paths) throws IOException {
        ObjectNode whole = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        ObjectNode kept = JSON.createObjectNode();
        for (String path : paths) {
            JsonNode node = whole.path("paths").path(path);
            if (node.isMissingNode()) {
                throw new IllegalArgumentException("The document " + file + " has no path " + path + ".");
            }
            kept.set(path, node);
        }
        ObjectNode small = JSON.createObjectNode();
        small.set("openapi", whole.path("openapi"));
        small.set("info", JSON.createObjectNode().put("title", "part").put("version", "1"));
        small.set("paths", kept);
        small.set("components", reachable(kept, whole));
        // The validator knows the discriminators of Swagger 2 only, and stops at those of OpenAPI 3.
        small.findParents("discriminator").forEach(schema -> ((ObjectNode) schema).remove("discriminator"));
        return new Contract(small);
    }

    /** Returns the components the paths refer to, in one step or in several. */
    private static ObjectNode reachable(JsonNode from, JsonNode whole) {
        ObjectNode components = JSON.createObjectNode();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(from));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            for (JsonNode reference : open.pop().findValues("$ref")) {
                String pointer = reference.asText();
                if (pointer.startsWith("#/components/") && seen.add(pointer)) {
                    JsonNode target = whole.at(pointer.substring(1));
                    String[] parts = pointer.split("/");
                    components.withObject("/" + parts[2]).set(parts[3], target);
                    open.push(target);
                }
            }
        }
        return components;
    }

    /** Returns the vendor's own example of the answer to an operation, to be changed as the caller likes. */
    public JsonNode example(String method, String path, int status) {
        JsonNode content = document.path("paths")
                .path(path)
                .path(method.toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .path(String.valueOf(status))
                .path("content")
                .path("application/json");
        JsonNode first = content.has("example")
                ? JSON.createObjectNode().set("value", content.path("example"))
                : content.path("examples").elements().next();
        JsonNode value =
                first.has("$ref") ? document.at(first.path("$ref").asText().substring(1)) : first;
        return value.path("value").deepCopy();
    }

    /** Returns what is wrong with a request, empty when it keeps the contract. */
    Optional<String> breach(ContractServer.Call call) {
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(Request.Method.valueOf(call.method()), call.path(), true);
        call.query().forEach((name, value) -> request.withQueryParam(name, value));
        if (!call.text().isEmpty()) {
            request.withBody(call.text()).withContentType(call.contentType());
        }
        return problems(requests.validateRequest(request.build()));
    }

    /** Returns what is wrong with an answer of ours. */
    Optional<String> breach(ContractServer.Call call, int status, String body) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
        if (!body.isEmpty()) {
            response.withBody(body).withContentType("application/json");
        }
        return problems(answers.validateResponse(call.path(), Request.Method.valueOf(call.method()), response.build()));
    }

    private static Optional<String> problems(ValidationReport report) {
        return report.hasErrors()
                ? Optional.of(report.getMessages().stream()
                        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                        .map(ValidationReport.Message::toString)
                        .reduce("", (a, b) -> a + "\n  " + b))
                : Optional.empty();
    }
}
