package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.agent.ShareSelection.Selection;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Reply.Standing;
import io.evenkeel.pipeline.queue.Terms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs what a queue grants: one normal Playwright run with a gate, then whatever is left, by ids.
 *
 * <p>Where the gate cannot open, everything is run by ids, in batches as large as {@code Grant} says. {@link #run} is for one thread, {@link #handBack} for any.
 */
final class QueuedRun {

    /** The reporter's exit code for "the gate never opened". */
    static final int NO_GATE = 87;

    private static final Duration POLL = Duration.ofMillis(500);

    /** The end of a run is one run by ids, not many: each takes what so much dearer pulls would be worth. */
    private static final int LESS_OFTEN = 8;

    /** How long an agent without work waits for a coordinator that is started again. */
    private static final Duration AWAY = Duration.ofSeconds(2);

    private final AgentRequest request;
    private final Share.Queued share;
    private final Helm helm;
    private final Turnstile turnstile;

    /** What a run needs of its agent. */
    interface Helm {

        /** Runs Playwright once and returns its exit code; each time with a spool of its own. */
        int launch(Selection selection) throws IOException, InterruptedException;

        /** Returns what the spools hold so far. */
        RunDigest digest() throws IOException;

        /** Returns whether somebody has asked to end the run. */
        boolean stopped();

        /** Ends the run. */
        void stop();

        /** Tells people. */
        void say(String line);

        Instant now();
    }

    /**
     * How it ended.
     *
     * @param exitCode the worst of all runs of Playwright, 0 without any
     * @param granted tests that had to run here; empty when there was nothing to do
     */
    record Finished(int exitCode, List<String> granted) {
        Finished {
            granted = List.copyOf(granted);
        }
    }

    private QueuedRun(AgentRequest request, Share.Queued share, Turnstile turnstile, Helm helm) {
        this.request = request;
        this.share = share;
        this.turnstile = turnstile;
        this.helm = helm;
    }

    /** Returns the run of an agent that takes part. */
    static QueuedRun inside(AgentRequest request, Share.Queued share, Admission admission, Helm helm) {
        return new QueuedRun(request, share, Turnstile.inside(share.seat(), admission, always(share), helm::say), helm);
    }

    /** Returns the run of an agent that begins with its own share, and takes part when the queue answers. */
    static QueuedRun outside(AgentRequest request, Share.Queued share, Helm helm) {
        return new QueuedRun(request, share, Turnstile.outside(share.seat(), always(share), helm::say), helm);
    }

    private static List<String> always(Share.Queued share) {
        return share.suite().setUp().stream().map(SuiteTest::id).toList();
    }

    /** Gives everything back that has no result yet; takes at most a second. */
    void handBack() {
        turnstile.close(List.of());
    }

    /** Runs until nothing is left for this agent. */
    Finished run(Terms terms) throws IOException, InterruptedException {
        boolean outside = !turnstile.isInside();
        if (!outside && turnstile.granted().isEmpty()) {
            boolean answered = turnstile.next(Turnstile.GATE_PULL).isPresent();
            if (answered && turnstile.granted().isEmpty()) {
                turnstile.close(List.of());
                return new Finished(0, List.of());
            }
        }
        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "evenkeel-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        long beat = terms.heartbeat().toMillis();
        heart.scheduleAtFixedRate(this::beat, outside ? 0 : beat, beat, TimeUnit.MILLISECONDS);
        try {
            int worst = gated();
            boolean opened = worst != NO_GATE;
            if (!opened) {
                helm.say(
                        "The gate cannot be used with this command; the queue is worked off in batches, one run of Playwright for each.");
                worst = 0;
            }
            if (!opened || canGoOn(worst)) {
                worst = Math.max(worst, rest(terms, opened));
            }
            return new Finished(worst, turnstile.granted());
        } finally {
            heart.shutdownNow();
            turnstile.close(results());
        }
    }

    private void beat() {
        turnstile.beat();
        if (turnstile.isCancelled() && !helm.stopped()) {
            helm.say("The run was cancelled.");
            helm.stop();
        }
    }

    private int gated() throws IOException, InterruptedException {
        List<String> order = share.seat().items().stream()
                .flatMap(item -> item.tests().stream())
                .toList();
        Path file = request.spoolDir().resolve(request.spool().name() + ".order");
        try (GateServer gate = GateServer.start(turnstile, share.seat().who().lanes())) {
            int exitCode = helm.launch(new Selection(
                    List.of(),
                    Map.of("EVENKEEL_GATE", gate.address().toString(), "EVENKEEL_TESTS", file.toString()),
                    Map.of(file, String.join("\n", order) + "\n")));
            if (gate.asked() > 0) {
                helm.say("Queue: " + turnstile.granted().size() + " of " + order.size() + " tests ran here; "
                        + gate.asked() + " groups waited " + gate.waitedMs() + " ms at the gate in all.");
            }
            return exitCode;
        }
    }

    /** A run that was told to stop at a failure, or never got to a test, would do the same again. */
    private boolean canGoOn(int exitCode) throws IOException {
        RunDigest digest = helm.digest();
        return exitCode == 0 || exitCode == 1 && digest.hasResults() && !digest.stoppedEarly();
    }

    /**
     * Runs by ids what the gate has not seen, then what others have left behind.
     *
     * @param gated the gate was open, and every test of this agent's own share has come to it
     */
    private int rest(Terms terms, boolean gated) throws IOException, InterruptedException {
        int worst = 0;
        int slower = gated ? LESS_OFTEN : 1;
        Optional<Instant> idle = Optional.empty();
        Duration pull = Turnstile.PROCESS_PULL;
        while (!helm.stopped() && !turnstile.isCancelled()) {
            List<String> batch = turnstile.unmet();
            Optional<Standing> standing = Optional.empty();
            if (batch.isEmpty()) {
                standing = turnstile.next(pull).map(going -> going.standing());
                batch = turnstile.unmet();
            }
            if (!batch.isEmpty()) {
                idle = Optional.empty();
                turnstile.meet(batch);
                pull = pull.multipliedBy(slower);
                int before = helm.digest().results();
                worst = Math.max(worst, byIds(batch));
                if (helm.digest().results() == before) {
                    return worst;
                }
                continue;
            }
            if (!turnstile.isInside()) {
                if (gated || !turnstile.takeOwn()) {
                    return worst;
                }
                continue;
            }
            Instant since = idle.orElse(helm.now());
            idle = Optional.of(since);
            Duration waited = Duration.between(since, helm.now());
            if (standing.map(s -> isOver(s, waited, terms)).orElse(waited.compareTo(AWAY) > 0)) {
                if (gated || standing.isPresent() || !turnstile.takeOwn()) {
                    return worst;
                }
                continue;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return worst;
    }

    /** Waits at most a lease for what dead agents leave; less when everybody who has work was heard since. */
    private static boolean isOver(Standing standing, Duration idle, Terms terms) {
        if (standing.open() == 0 && standing.heldByOthers() == 0) {
            return true;
        }
        boolean allAlive =
                idle.compareTo(terms.heartbeat()) > 0 && standing.quiet().compareTo(idle) < 0;
        return allAlive || idle.compareTo(terms.lease()) > 0;
    }

    private int byIds(List<String> tests) throws IOException, InterruptedException {
        AgentRequest part = new AgentRequest(
                request.command(),
                request.options(),
                new Share.Planned(tests, share.suite()),
                request.evenkeelDir(),
                request.spool());
        List<Selection> selections = new ShareSelection(part, Map.of()).plan().match(runs -> runs.all(), problem -> {
            helm.say(problem.message());
            return List.of();
        });
        int worst = 0;
        for (Selection selection : selections) {
            if (!helm.stopped()) {
                worst = Math.max(worst, helm.launch(selection));
            }
        }
        return worst;
    }

    private List<Ended> results() throws IOException {
        RunDigest digest = helm.digest();
        List<Ended> results = new ArrayList<>();
        for (String test : turnstile.granted()) {
            turnstile.endOf(test).or(() -> digest.endOf(test)).ifPresent(results::add);
        }
        return results;
    }
}
