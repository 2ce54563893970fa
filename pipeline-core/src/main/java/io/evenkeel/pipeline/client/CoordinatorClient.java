package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.client.Transport.Exchange;
import io.evenkeel.pipeline.client.Transport.Payload;
import io.evenkeel.pipeline.client.Transport.Reply.Status;
import io.evenkeel.pipeline.secret.Secret;
import io.evenkeel.pipeline.spool.ArtifactSink;
import io.evenkeel.pipeline.spool.EventSink;
import java.io.Closeable;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * The coordinator, as the pipeline sees it.
 *
 * <p>Everything somebody waits for draws on two budgets, one for what happens before the tests and one for what happens after them;
 * when a budget is used up, the answer is {@link Answer.Unreachable} at once. All requests are idempotent. Nothing throws for what a
 * network or a server can do. Thread-safe.
 */
public final class CoordinatorClient implements Closeable {

    /** A run further back than 1,000 others is not run again. */
    private static final int MOST_PAGES = 20;

    /** Less than a heartbeat, so that answers cannot queue up. */
    private static final Duration STATE_LIMIT = Duration.ofSeconds(4);

    private final Caller caller;
    private final Caller quiet;
    private final Transport transport;
    private final Pace pace;
    private final ClientSettings settings;
    private final TimeBudget beginning;
    private final TimeBudget ending;
    private final Reserve slow;
    private final Consumer<String> notices;

    private CoordinatorClient(
            Caller caller, WatchedTransport transport, Pace pace, ClientSettings settings, Consumer<String> notices) {
        this.caller = caller;
        this.notices = notices;
        this.pace = pace;
        this.transport = transport;
        this.settings = settings;
        this.beginning = new TimeBudget(settings.beginning());
        this.ending = new TimeBudget(settings.ending());
        this.quiet = quiet(CircuitBreaker.standard());
        AtomicBoolean said = new AtomicBoolean();
        this.slow = new Reserve(transport.presence(), new TimeBudget(settings.slow()), () -> {
            if (said.compareAndSet(false, true)) {
                notices.accept("The coordinator answers slowly; this machine waits for the queue, up to "
                        + settings.slow().toSeconds()
                        + " s in all, because without it some tests would run on two machines.");
            }
        });
    }

    /**
     * Returns a client of the coordinator at this address.
     *
     * @param url address, as in {@code EVENKEEL_URL}; a client with a wrong one answers {@link Answer.Refused} to everything
     * @param token project token
     * @param settings time limits
     * @param notices gets one line for people when the coordinator refuses (once) and when it is first found away
     */
    public static CoordinatorClient at(String url, Secret token, ClientSettings settings, Consumer<String> notices) {
        Optional<HttpUrl> base = base(url);
        Transport transport = base.<Transport>map(address -> new OkHttpTransport(address, token))
                .orElseGet(NoAddress::new);
        CoordinatorClient client = over(transport, Pace.ofThisMachine(), settings, notices);
        if (base.isEmpty()) {
            client.caller.bar(
                    "EVENKEEL_URL (" + token.maskIn(url) + ") is no address of a coordinator",
                    "It must look like https://evenkeel.example.org, without user, query or fragment.");
        }
        return client;
    }

    /** Returns a client over any transport and time, for tests. */
    static CoordinatorClient over(Transport transport, Pace pace, ClientSettings settings, Consumer<String> notices) {
        WatchedTransport watched = new WatchedTransport(transport);
        return new CoordinatorClient(
                new Caller(watched, pace, new SecureRandom(), notices), watched, pace, settings, notices);
    }

    private static Optional<HttpUrl> base(String url) {
        HttpUrl parsed = HttpUrl.parse(url.strip());
        if (parsed == null
                || !parsed.username().isEmpty()
                || !parsed.password().isEmpty()
                || parsed.query() != null
                || parsed.fragment() != null) {
            return Optional.empty();
        }
        return Optional.of(
                parsed.encodedPath().endsWith("/")
                        ? parsed
                        : parsed.newBuilder().addPathSegment("").build());
    }

    /** Tells the coordinator of the run; before the tests. */
    public Answer<RunOpened> openRun(String runKey, RunOpening opening) {
        return open(runKey, opening, Patience.of(beginning));
    }

    private Answer<RunOpened> open(String runKey, RunOpening opening, Patience patience) {
        return caller.call(Routes.open(runKey, opening), patience).flatMap(status -> {
            JsonNode json = Json.object(status.body());
            if (status.code() / 100 == 2 && json.hasNonNull("runId")) {
                return new Answer.Delivered<>(new RunOpened(
                        json.path("runId").asText(), json.path("url").asText("")));
            }
            return status.code() / 100 == 2 || status.code() == 404 ? notACoordinator() : Routes.refused(status);
        });
    }

    private <T> Answer<T> notACoordinator() {
        return caller.bar("something else than a coordinator answers there", "Correct EVENKEEL_URL.")
                .flatMap(status -> new Answer.Unreachable<>("it is no coordinator"));
    }

    /**
     * Fetches durations; before the tests.
     *
     * @return the text of a {@code timings.json}
     */
    public Answer<String> timings(String suite) {
        return caller.call(Routes.timings(suite), Patience.of(beginning)).flatMap(this::document);
    }

    /**
     * Asks for a plan; before the tests.
     *
     * @return the text of a {@code plan.json}
     */
    public Answer<String> plan(PlanRequest request) {
        return caller.call(Routes.plan(request), Patience.of(beginning)).flatMap(this::document);
    }

    /**
     * Agrees with the other executors of a run on one plan; before the tests. Without it two of them that start at different times could plan from
     * different histories, and a test would run twice or not at all.
     *
     * @return the text of the {@code plan.json} of whoever came first
     */
    public Answer<String> agree(String runKey, Agreement own) {
        return caller.call(Routes.agree(runKey, own.asked()), Patience.of(beginning))
                .flatMap(status -> status.code() == 404
                        ? caller.call(Routes.agree(runKey, own), Patience.of(beginning))
                        : new Answer.Delivered<>(status))
                .flatMap(status -> status.code() == 404 ? Routes.refused(status) : document(status));
    }

    /**
     * Fetches the quarantine.
     *
     * @param suite configuration file; empty for the suite that ran last
     * @return the text of the answer of docs/reference/http-api.md
     */
    public Answer<String> quarantine(String suite) {
        return caller.call(Routes.quarantine(suite), Patience.of(beginning)).flatMap(this::document);
    }

    /** Fetches what is advised on the quarantine; as {@link #quarantine(String)}. */
    public Answer<String> quarantineAdvice(String suite) {
        return caller.call(Routes.quarantineAdvice(suite), Patience.of(beginning))
                .flatMap(this::document);
    }

    /**
     * Quarantines a test.
     *
     * @return the entry as JSON; refused with the coordinator's reason, for example because the test is broken
     */
    public Answer<String> addToQuarantine(String testId, QuarantineWish wish) {
        return answered(Routes.addToQuarantine(testId, wish));
    }

    /** Takes a test out of the quarantine; the answer says as JSON whether it was in. */
    public Answer<String> releaseFromQuarantine(String testId, String suite) {
        return answered(Routes.releaseFromQuarantine(testId, suite));
    }

    /**
     * Fetches the repairs that were proposed in this project and what became of them.
     *
     * @return the text of the answer of docs/reference/http-api.md
     */
    public Answer<String> healingProposals() {
        return caller.call(Routes.healingProposals(), Patience.of(beginning)).flatMap(this::document);
    }

    /** Says what became of a proposed repair; refused when nobody has proposed it. */
    public Answer<String> decideHealing(HealDecided.Change change, HealDecided decided) {
        return answered(Routes.decideHealing(change, decided));
    }

    private Answer<String> answered(Exchange exchange) {
        return caller.call(exchange, Patience.of(beginning))
                .flatMap(status ->
                        status.code() == 200 ? new Answer.Delivered<>(status.body()) : Routes.refused(status));
    }

    private Answer<String> document(Status status) {
        if (status.code() != 200) {
            return Routes.refused(status);
        }
        boolean ours = Json.object(status.body()).path("v").asInt(0) == 1;
        return ours ? new Answer.Delivered<>(status.body()) : notACoordinator();
    }

    /**
     * Returns a sink for events while tests run: nobody waits for it.
     *
     * @param opening repeated to a coordinator that does not know the run
     */
    public EventSink eventsWhileTestsRun(String runKey, RunOpening opening) {
        return events(runKey, opening, () -> Patience.background(settings.background()));
    }

    /** Returns a sink for what is left when the tests have ended; it draws on the budget after the tests. */
    public EventSink eventsAfterTests(String runKey, RunOpening opening) {
        return events(runKey, opening, () -> Patience.of(ending));
    }

    private EventSink events(String runKey, RunOpening opening, java.util.function.Supplier<Patience> patience) {
        String path = Routes.run(runKey) + "/events";
        Function<Payload, Answer<Status>> post =
                payload -> caller.call(new Exchange("POST", path, payload), patience.get());
        return new EventSender(post, spool -> open(runKey, opening, patience.get()));
    }

    /** Asks whether somebody has called the run off; in the background, and without a word to people when nobody answers. */
    public Answer<Boolean> isCancelled(String runKey) {
        return quiet.call(Exchange.get(Routes.orchestrate(runKey) + "/state"), Patience.background(STATE_LIMIT))
                .flatMap(status -> status.code() == 200
                        ? new Answer.Delivered<>(Json.object(status.body())
                                .path("state")
                                .asText("")
                                .equals("cancelled"))
                        : Routes.refused(status));
    }

    /**
     * Returns the queue of a run; it may have to be opened first.
     *
     * @param opening repeated to a coordinator that does not know the run
     */
    public RunQueue queue(String runKey, RunOpening opening) {
        return new RunQueue(
                quiet(CircuitBreaker.eager()), new QueueWaits(pace, beginning, slow), runKey, opening, notices);
    }

    private Caller quiet(CircuitBreaker breaker) {
        return new Caller(transport, pace, new SecureRandom(), notice -> {}, breaker);
    }

    /** Returns a sink for the files of attempts, in the background. */
    public ArtifactSink artifacts() {
        return new ArtifactSender(caller);
    }

    /** Tells how the run ended; after the tests. */
    public Answer<RunFinished> finish(String runKey, RunFinish finish) {
        return caller.call(Routes.finish(runKey, finish), Patience.of(ending)).flatMap(status -> {
            Optional<RunFinished> finished =
                    status.code() == 200 ? RunAnswers.finished(Json.object(status.body())) : Optional.empty();
            return finished.<Answer<RunFinished>>map(Answer.Delivered::new).orElseGet(() -> Routes.refused(status));
        });
    }

    /** Fetches what the coordinator knows of the tests of a run; after the tests. */
    public Answer<List<KnownResult>> results(String runKey, RunOpening opening) {
        return open(runKey, opening, Patience.of(ending))
                .flatMap(opened -> caller.call(Exchange.get("/api/v1/runs/" + opened.runId()), Patience.of(ending)))
                .flatMap(status -> status.code() == 200
                        ? new Answer.Delivered<>(RunAnswers.results(Json.object(status.body())))
                        : Routes.refused(status));
    }

    /**
     * Fetches the ids of the tests that failed in a run; before the tests. Refused when there is no such run.
     *
     * @param run CI's name of the run, or the coordinator's number of it
     */
    public Answer<List<String>> failedTests(String run) {
        return runId(run, "", 0)
                .flatMap(id -> caller.call(Exchange.get("/api/v1/runs/" + id + "/failed-tests"), Patience.of(beginning))
                        .flatMap(status -> status.code() == 200
                                ? new Answer.Delivered<>(
                                        Json.texts(Json.object(status.body()).path("tests")))
                                : Routes.refused(status)));
    }

    /** Looks through the newest runs for one; the coordinator has no other way from CI's name to its own number. */
    private Answer<String> runId(String run, String cursor, int page) {
        Answer<Status> answer = caller.call(
                Exchange.get("/api/v1/runs" + (cursor.isEmpty() ? "" : "?cursor=" + cursor)), Patience.of(beginning));
        return answer.flatMap(status -> {
            JsonNode json = Json.object(status.body());
            Optional<String> id = RunAnswers.idOf(run, json);
            if (id.isPresent()) {
                return new Answer.Delivered<>(id.get());
            }
            String next = json.path("next").asText("");
            return next.isEmpty() || page >= MOST_PAGES
                    ? new Answer.Refused<>("it knows no run " + run, "Compare the name with the list of runs.")
                    : runId(run, next, page + 1);
        });
    }

    /** Returns what requests after the tests may still cost. */
    public Duration leftAfterTests() {
        return ending.left();
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Stands where no address is; never asked, because the client refuses first. */
    private static final class NoAddress implements Transport {
        @Override
        public Reply exchange(Exchange exchange, Duration limit) {
            return new Reply.NoReply("there is no address");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
