package io.evenkeel.gitlab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.contract.Contract;
import io.evenkeel.pipeline.contract.ContractServer;
import io.evenkeel.pipeline.contract.ContractServer.Call;
import io.evenkeel.pipeline.contract.ContractServer.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Project 5 on a GitLab that remembers what is written, under the contract of gitlab-openapi.json. */
final class FakeGitlab implements AutoCloseable {

    static final String REQUESTS = "/projects/{id}/merge_requests";
    static final String REQUEST = REQUESTS + "/{merge_request_iid}";
    static final String NOTES = REQUEST + "/notes";
    static final String NOTE = NOTES + "/{note_id}";
    static final String THREADS = REQUEST + "/discussions";
    static final String THREAD = THREADS + "/{discussion_id}";
    static final String VERSIONS = REQUEST + "/versions";
    static final String DIFFS = REQUEST + "/diffs";
    static final String STATUS = "/projects/{id}/statuses/{sha}";
    static final String BOT = "project_5_bot_c0ffee";

    private static final ObjectMapper JSON = new ObjectMapper();

    final ContractServer server;
    final Map<Long, ObjectNode> notes = new LinkedHashMap<>();
    final Map<Long, ObjectNode> requests = new LinkedHashMap<>();
    final List<ObjectNode> threads = new ArrayList<>();
    final List<Map<String, String>> statuses = new ArrayList<>();
    final List<Map<String, String>> started = new ArrayList<>();
    private final Contract contract;
    private long next = 300;

    FakeGitlab() throws IOException {
        contract = Contract.of(
                Path.of("src/test/resources/gitlab-openapi.json"),
                List.of("/user", REQUESTS, REQUEST, NOTES, NOTE, THREADS, THREAD, VERSIONS, DIFFS, STATUS));
        server = ContractServer.start(contract, "/api/v4");
        server.on("GET", "/user", call -> Reply.json(200, contract.example("GET", "/user", 200)))
                .on("GET", REQUEST, call -> Reply.json(200, requested(call.number(1))))
                .on("PUT", REQUEST, this::changeRequest)
                .on("GET", REQUESTS, this::listRequests)
                .on("POST", REQUESTS, this::openRequest)
                .on("GET", NOTES, this::listNotes)
                .on("POST", NOTES, call -> Reply.json(201, note(value(call, "body"), BOT)))
                .on("PUT", NOTE, this::changeNote)
                .on(
                        "DELETE",
                        NOTE,
                        call -> notes.remove(call.number(2)) == null
                                ? Reply.error(404, "404 Not found")
                                : Reply.empty(204))
                .on(
                        "GET",
                        THREADS,
                        call -> Reply.json(200, JSON.createArrayNode().addAll(threads)))
                .on("POST", THREADS, this::startThread)
                .on("PUT", THREAD, this::resolveThread)
                .on("GET", VERSIONS, call -> Reply.json(200, contract.example("GET", VERSIONS, 200)))
                .on("GET", DIFFS, call -> Reply.json(200, contract.example("GET", DIFFS, 200)))
                .on("POST", STATUS, this::status);
    }

    static Map<String, String> form(Call call) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : call.text().split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
        }
        return form;
    }

    static String value(Call call, String name) {
        return form(call).getOrDefault(name, "");
    }

    ObjectNode requested(long iid) {
        return Objects.requireNonNull(requests.get(iid), () -> "There is no !" + iid + ".");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    ObjectNode note(String body, String by) {
        ObjectNode note = (ObjectNode) contract.example("POST", NOTES, 201);
        note.put("id", next++).put("body", body);
        note.withObject("/author").put("username", by);
        notes.put(note.path("id").asLong(), note);
        return note;
    }

    ObjectNode request(long iid, String branch, String sha) {
        ObjectNode request = (ObjectNode) contract.example("GET", REQUEST, 200);
        request.put("iid", iid).put("source_branch", branch).put("sha", sha);
        requests.put(iid, request);
        return request;
    }

    private Reply changeRequest(Call call) {
        ObjectNode request = requested(call.number(1));
        form(call).forEach(request::put);
        return Reply.json(200, request);
    }

    private Reply listRequests(Call call) {
        ArrayNode all = JSON.createArrayNode();
        List<ObjectNode> newestFirst = new ArrayList<>(requests.values());
        java.util.Collections.reverse(newestFirst);
        return paged(call, newestFirst, all);
    }

    private Reply openRequest(Call call) {
        ObjectNode request = request(next++, value(call, "source_branch"), "f".repeat(40));
        request.put("title", value(call, "title")).put("description", value(call, "description"));
        request.put("target_branch", value(call, "target_branch"));
        return Reply.json(201, request);
    }

    private Reply listNotes(Call call) {
        return paged(call, List.copyOf(notes.values()), JSON.createArrayNode());
    }

    private static Reply paged(Call call, List<ObjectNode> all, ArrayNode part) {
        int size = Integer.parseInt(call.query().getOrDefault("per_page", "20"));
        int page = Integer.parseInt(call.query().getOrDefault("page", "1"));
        all.subList(Math.min(all.size(), (page - 1) * size), Math.min(all.size(), page * size))
                .forEach(part::add);
        int pages = Math.max(1, (all.size() + size - 1) / size);
        return Reply.json(200, part)
                .with("X-Total", String.valueOf(all.size()))
                .with("X-Total-Pages", String.valueOf(pages))
                .with("X-Per-Page", String.valueOf(size))
                .with("X-Page", String.valueOf(page))
                .with("X-Next-Page", page < pages ? String.valueOf(page + 1) : "");
    }

    private Reply changeNote(Call call) {
        ObjectNode note = Objects.requireNonNull(notes.get(call.number(2)));
        note.put("body", value(call, "body"));
        return Reply.json(200, note);
    }

    private Reply startThread(Call call) {
        started.add(form(call));
        ObjectNode thread = (ObjectNode) contract.example("POST", THREADS, 201);
        thread.put("id", "thread" + threads.size());
        ((ObjectNode) thread.withArray("/notes").get(0))
                .put("body", value(call, "body"))
                .put("resolved", false);
        threads.add(thread);
        return Reply.json(201, thread);
    }

    private Reply resolveThread(Call call) {
        ObjectNode thread = threads.stream()
                .filter(t -> t.path("id").asText().equals(call.variables().get(2)))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) thread.withArray("/notes").get(0)).put("resolved", true);
        return Reply.json(200, thread);
    }

    private Reply status(Call call) {
        statuses.add(form(call));
        ObjectNode status = (ObjectNode) contract.example("POST", STATUS, 201);
        return Reply.json(201, status.put("status", value(call, "state")));
    }

    @Override
    public void close() {
        server.close();
    }
}
