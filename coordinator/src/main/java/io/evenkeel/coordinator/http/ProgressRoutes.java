package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.live.ChangeHub;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunReader;
import io.evenkeel.coordinator.run.RunSentence;
import io.evenkeel.coordinator.run.RunVerdict;
import io.evenkeel.coordinator.run.TestInRun;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.time.Duration;
import java.util.List;

/**
 * Progress of a run as Server-Sent Events.
 *
 * <p>Each event carries the version of the run as its id and the tests that have changed since the version before. Whoever comes back
 * with {@code Last-Event-ID} gets what has changed since then, read from the database, so a restart of the coordinator loses
 * nothing.
 */
final class ProgressRoutes implements RouteSet {

    /** Tests named in one event; beyond it the event says {@code "reset":true} and the reader loads the run again. */
    static final int MOST_TESTS = 500;

    private final ChangeHub hub;
    private final RunReader runs;

    ProgressRoutes(ChangeHub hub, RunReader runs) {
        this.hub = hub;
        this.runs = runs;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/orchestrate/{runId}/progress", Access.READ, this::progress));
    }

    private void progress(Context context) throws Exception {
        Run run = Queries.run(context, runs);
        if (hub.watchers() >= ChangeHub.MOST_WATCHERS) {
            throw ProblemException.later(
                    "Too many readers watch runs at the moment. Read GET /api/v1/runs/" + run.id() + " instead.",
                    Duration.ofSeconds(30));
        }
        String lastId = context.header("Last-Event-ID");
        long since = lastId != null && lastId.matches("\\d{1,18}") ? Long.parseLong(lastId) : -1;
        context.header("X-Accel-Buffering", "no");
        if (!String.valueOf(context.header("Accept")).contains("text/event-stream")) {
            throw ProblemException.of(
                    406,
                    "Not acceptable",
                    "This route speaks text/event-stream only. Send `Accept: text/event-stream`.");
        }
        new SseHandler(client -> watch(client, run.id(), since)).handle(context);
    }

    private void watch(SseClient client, long runId, long since) {
        client.keepAlive();
        Reader reader = new Reader(client, runId, since);
        ChangeHub.Watch watch = hub.watch(runId, reader);
        client.onClose(watch::close);
    }

    /** One reader and the last version it has been sent. One thread at a time. */
    private final class Reader implements ChangeHub.Watcher {

        private final SseClient client;
        private final long runId;
        private long sent;

        private Reader(SseClient client, long runId, long since) {
            this.client = client;
            this.runId = runId;
            this.sent = since;
        }

        @Override
        public void changed() {
            Run run = runs.find(runId).orElseThrow(() -> new IllegalStateException("The run is gone."));
            long version = run.totals().version();
            if (version == sent) {
                quiet();
                return;
            }
            // A reader without Last-Event-ID has just loaded the run; it only needs the totals.
            List<TestInRun> tests = sent < 0 ? List.of() : runs.changedSince(runId, sent, MOST_TESTS + 1);
            boolean finished = run.state().verdict() != RunVerdict.RUNNING;
            client.sendEvent(
                    finished ? "finished" : "progress", json(run, tests).toString(), String.valueOf(version));
            sent = version;
            ensureOpen();
        }

        @Override
        public void quiet() {
            client.sendComment("still here");
            ensureOpen();
        }

        @Override
        public void ended() {
            client.close();
        }

        private void ensureOpen() {
            if (client.terminated()) {
                throw new IllegalStateException("The reader has gone.");
            }
        }
    }

    private static ObjectNode json(Run run, List<TestInRun> tests) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("runId", String.valueOf(run.id()));
        json.put("verdict", run.state().verdict().word());
        json.put("sentence", RunSentence.of(run));
        json.put("discovered", run.expectedTests());
        json.put("done", run.totals().counts().ended());
        json.set("counts", RunJson.counts(run.totals().counts()));
        json.put("wallMs", run.state().times().wall().toMillis());
        json.put("heals", run.totals().heals().all());
        json.put("reset", tests.size() > MOST_TESTS);
        ArrayNode changed = json.putArray("tests");
        if (tests.size() <= MOST_TESTS) {
            tests.forEach(test -> changed.add(RunJson.test(test)));
        }
        return json;
    }
}
