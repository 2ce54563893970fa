package io.evenkeel.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.contract.Contract;
import io.evenkeel.pipeline.contract.ContractServer;
import io.evenkeel.pipeline.contract.ContractServer.Call;
import io.evenkeel.pipeline.contract.ContractServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A repository {@code shop/web} on GitHub that remembers what is written, in the vendor's own words and under its contract. */
final class FakeGithub implements AutoCloseable {

    static final String REPO = "/repos/{owner}/{repo}";
    static final String PULL = REPO + "/pulls/{pull_number}";
    static final String PULLS = REPO + "/pulls";
    static final String COMMENTS = REPO + "/issues/{issue_number}/comments";
    static final String COMMENT = REPO + "/issues/comments/{comment_id}";
    static final String CHECKS_OF = REPO + "/commits/{ref}/check-runs";
    static final String CHECKS = REPO + "/check-runs";
    static final String CHECK = REPO + "/check-runs/{check_run_id}";
    static final String STATUS = REPO + "/statuses/{sha}";
    static final String RULES = REPO + "/rules/branches/{branch}";
    static final String BLOBS = REPO + "/git/blobs";
    static final String TREES = REPO + "/git/trees";
    static final String COMMITS = REPO + "/git/commits";
    static final String REFS = REPO + "/git/refs";
    static final String REF = REPO + "/git/refs/{ref}";

    private static final Path DOCUMENT =
            Path.of("../fixtures/forges/node_modules/@octokit/openapi/generated/api.github.com.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable Contract contract;

    final ContractServer server;
    final Map<Long, ObjectNode> comments = new LinkedHashMap<>();
    final Map<Long, ObjectNode> checks = new LinkedHashMap<>();
    final Map<Long, ObjectNode> pulls = new LinkedHashMap<>();
    final List<JsonNode> statuses = new ArrayList<>();
    final List<JsonNode> written = new ArrayList<>();
    final Map<String, String> refs = new LinkedHashMap<>();
    private final Contract spoken;
    private String author = "github-actions[bot]";
    private long next = 100;

    private FakeGithub(Contract spoken, String basePath) throws IOException {
        this.spoken = spoken;
        this.server = ContractServer.start(spoken, basePath);
        server.on("GET", REPO, call -> Reply.json(200, repository()))
                .on("GET", "/user", call -> Reply.json(200, user(example("GET", "/user", 200), author)))
                .on("GET", PULL, call -> Reply.json(200, pulled(call.number(2))))
                .on("GET", PULLS, this::listPulls)
                .on("POST", PULLS, this::openPull)
                .on("PATCH", PULL, this::changePull)
                .on("GET", COMMENTS, this::listComments)
                .on(
                        "POST",
                        COMMENTS,
                        call -> Reply.json(201, comment(call.json().path("body").asText(), author)))
                .on("PATCH", COMMENT, this::changeComment)
                .on("DELETE", COMMENT, this::deleteComment)
                .on("GET", CHECKS_OF, this::listChecks)
                .on("POST", CHECKS, this::createCheck)
                .on("PATCH", CHECK, this::changeCheck)
                .on("POST", STATUS, this::status)
                .on("GET", RULES, call -> Reply.json(200, JSON.createArrayNode()))
                .on("POST", BLOBS, call -> Reply.json(201, git(call, "POST", BLOBS)))
                .on("POST", TREES, call -> Reply.json(201, git(call, "POST", TREES)))
                .on("POST", COMMITS, call -> Reply.json(201, git(call, "POST", COMMITS)))
                .on("POST", REFS, this::createRef)
                .on("PATCH", REF, this::moveRef);
    }

    /** Starts it, or skips the test where the vendor's document is not installed. */
    static synchronized FakeGithub start(String basePath) throws IOException {
        Assumptions.assumeTrue(
                Files.isRegularFile(DOCUMENT),
                "GitHub's OpenAPI document is not there: run npm ci in fixtures/forges, or ./verify, which does.");
        Contract read = contract;
        if (read == null) {
            read = Contract.of(
                    DOCUMENT,
                    List.of(
                            "/user", REPO, PULL, PULLS, COMMENTS, COMMENT, CHECKS_OF, CHECKS, CHECK, STATUS, RULES,
                            BLOBS, TREES, COMMITS, REFS, REF));
            contract = read;
        }
        return new FakeGithub(read, basePath);
    }

    private ObjectNode example(String method, String path, int status) {
        return (ObjectNode) spoken.example(method, path, status);
    }

    private ObjectNode repository() {
        ObjectNode repository = example("GET", REPO, 200);
        repository.put("name", "web").put("full_name", "shop/web").put("language", "TypeScript");
        repository.remove("source"); // the vendor's own example lacks a field its schema requires
        user(repository.withObject("/owner"), "shop");
        return repository;
    }

    private static ObjectNode user(ObjectNode user, String login) {
        return user.put("login", login);
    }

    ObjectNode comment(String body, String by) {
        ObjectNode comment = example("POST", COMMENTS, 201);
        comment.put("id", next++).put("body", body);
        user(comment.withObject("/user"), by);
        comments.put(comment.path("id").asLong(), comment);
        return comment;
    }

    private static ObjectNode get(Map<Long, ObjectNode> all, long id) {
        return Objects.requireNonNull(all.get(id), () -> "There is no " + id + ".");
    }

    ObjectNode pulled(long number) {
        return get(pulls, number);
    }

    /** Adds an open pull request from a branch of this repository. */
    ObjectNode pull(long number, String branch, String headSha) {
        ObjectNode pull = example("GET", PULL, 200);
        pull.putArray("requested_teams"); // the vendor's own example lacks a field its schema requires
        pull.put("number", number).put("state", "open").put("merged", false).putNull("merged_at");
        pull.withObject("/head").put("ref", branch).put("sha", headSha).put("label", "shop:" + branch);
        pull.withObject("/head/repo").put("full_name", "shop/web");
        pulls.put(number, pull);
        return pull;
    }

    private Reply listPulls(Call call) {
        ArrayNode all = JSON.createArrayNode();
        ArrayNode examples = (ArrayNode) spoken.example("GET", PULLS, 200);
        for (ObjectNode pull : pulls.values()) {
            boolean state = call.query().getOrDefault("state", "open").equals("all")
                    || call.query()
                            .getOrDefault("state", "open")
                            .equals(pull.path("state").asText());
            boolean head = !call.query().containsKey("head")
                    || call.query()
                            .get("head")
                            .equals(pull.path("head").path("label").asText());
            if (state && head) {
                ObjectNode simple = examples.get(0).deepCopy();
                simple.putArray("requested_teams");
                for (String field : List.of("number", "state", "title", "body", "merged_at", "html_url")) {
                    simple.set(field, pull.path(field));
                }
                for (String field : List.of("ref", "sha", "label")) {
                    simple.withObject("/head").set(field, pull.path("head").path(field));
                }
                simple.withObject("/head/repo").set("full_name", pull.at("/head/repo/full_name"));
                all.insert(0, simple);
            }
        }
        return Reply.json(200, all);
    }

    private Reply openPull(Call call) {
        String head = call.json().path("head").asText();
        boolean there = pulls.values().stream()
                .anyMatch(p -> p.path("state").asText().equals("open")
                        && p.at("/head/ref").asText().equals(head));
        if (there) {
            return Reply.error(422, "A pull request already exists for shop:" + head);
        }
        ObjectNode pull = pull(next++, head, "f".repeat(40));
        for (String field : List.of("title", "body", "draft")) {
            pull.set(field, call.json().path(field));
        }
        pull.put(
                "html_url",
                "https://github.example/shop/web/pull/" + pull.path("number").asLong());
        pull.withObject("/base").set("ref", call.json().path("base"));
        return Reply.json(201, pull);
    }

    private Reply changePull(Call call) {
        ObjectNode pull = pulled(call.number(2));
        call.json().fields().forEachRemaining(field -> pull.set(field.getKey(), field.getValue()));
        return Reply.json(200, pull);
    }

    private Reply listComments(Call call) {
        int size = Integer.parseInt(call.query().getOrDefault("per_page", "30"));
        int page = Integer.parseInt(call.query().getOrDefault("page", "1"));
        List<ObjectNode> all = List.copyOf(comments.values());
        ArrayNode part = JSON.createArrayNode();
        all.subList(Math.min(all.size(), (page - 1) * size), Math.min(all.size(), page * size))
                .forEach(part::add);
        Reply reply = Reply.json(200, part);
        return page * size < all.size()
                ? reply.with(
                        "Link",
                        "<" + server.url() + call.path() + "?per_page=" + size + "&page=" + (page + 1)
                                + ">; rel=\"next\"")
                : reply;
    }

    private Reply changeComment(Call call) {
        ObjectNode comment = get(comments, call.number(2));
        comment.set("body", call.json().path("body"));
        return Reply.json(200, comment);
    }

    private Reply deleteComment(Call call) {
        return comments.remove(call.number(2)) == null ? Reply.error(404, "Not Found") : Reply.empty(204);
    }

    private Reply listChecks(Call call) {
        ObjectNode answer = example("GET", CHECKS_OF, 200);
        ArrayNode list = answer.putArray("check_runs");
        checks.values().stream()
                .filter(check -> check.path("name").asText().equals(call.query().get("check_name")))
                .forEach(list::add);
        answer.put("total_count", list.size());
        return Reply.json(200, answer);
    }

    private Reply createCheck(Call call) {
        ObjectNode check =
                example("GET", CHECKS_OF, 200).withArray("/check_runs").get(0).deepCopy();
        check.put("id", next++);
        checks.put(check.path("id").asLong(), check);
        return Reply.json(201, merge(check, call.json()));
    }

    private Reply changeCheck(Call call) {
        return Reply.json(200, merge(get(checks, call.number(2)), call.json()));
    }

    private ObjectNode merge(ObjectNode check, JsonNode from) {
        written.add(from);
        for (String field : List.of("name", "head_sha", "external_id", "status", "conclusion")) {
            if (from.has(field)) {
                check.set(field, from.path(field));
            }
        }
        ObjectNode output = check.withObject("/output");
        int before = output.path("fresh").asBoolean(false)
                ? output.path("annotations_count").asInt()
                : 0;
        output.set("title", from.at("/output/title"));
        output.set("summary", from.at("/output/summary"));
        output.put("annotations_count", before + from.at("/output/annotations").size());
        output.put("fresh", true);
        return check;
    }

    private Reply status(Call call) {
        statuses.add(call.json());
        ObjectNode status = example("POST", STATUS, 201);
        status.set("state", call.json().path("state"));
        return Reply.json(201, status);
    }

    private ObjectNode git(Call call, String method, String path) {
        written.add(call.json());
        return example(method, path, 201);
    }

    private Reply createRef(Call call) {
        String ref = call.json().path("ref").asText();
        if (refs.putIfAbsent(ref, call.json().path("sha").asText()) != null) {
            return Reply.error(422, "Reference already exists");
        }
        return Reply.json(201, example("POST", REFS, 201));
    }

    private Reply moveRef(Call call) {
        refs.put("refs/" + call.variables().get(2), call.json().path("sha").asText());
        return Reply.json(200, example("PATCH", REF, 200));
    }

    String onlyComment() {
        if (comments.size() != 1) {
            throw new AssertionError("There are " + comments.size() + " comments.");
        }
        return comments.values().iterator().next().path("body").asText();
    }

    @Override
    public void close() {
        server.close();
    }
}
