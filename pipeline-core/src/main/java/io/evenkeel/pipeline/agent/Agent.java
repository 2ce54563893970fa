package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.agent.AgentOutcome.NotStarted;
import io.evenkeel.pipeline.agent.AgentOutcome.NothingToDo;
import io.evenkeel.pipeline.agent.AgentOutcome.Refused;
import io.evenkeel.pipeline.playwright.Adapters;
import io.evenkeel.pipeline.playwright.CommandProcess;
import io.evenkeel.pipeline.playwright.PlaywrightCommand;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.RunEvent.AgentEnd;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Terms;
import io.evenkeel.pipeline.queue.WorkQueue.Waiting;
import io.evenkeel.pipeline.spool.SpoolAppender;
import io.evenkeel.pipeline.spool.SpoolFolder;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs one share as a normal Playwright run: the user's command, config and reporters, with our reporter added.
 *
 * <p>{@link #run} is for one thread and one request; {@link #interrupt} may come from any thread.
 */
public final class Agent {

    private final Map<String, String> inherited;
    private final InstantSource clock;
    private final Consumer<String> people;
    private final RunOutput output;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Optional<QueuedRun> queued = Optional.empty();

    /**
     * Prepares an agent.
     *
     * @param inherited environment of this process
     * @param clock for the ladder of signals and the last event
     * @param people takes lines for the user, one at a time
     */
    public Agent(Map<String, String> inherited, InstantSource clock, Consumer<String> people) {
        this(inherited, clock, people, new RunOutput.Shown());
    }

    /**
     * Prepares an agent; as {@link #Agent(Map, InstantSource, Consumer)}.
     *
     * @param output where the command prints to
     */
    public Agent(Map<String, String> inherited, InstantSource clock, Consumer<String> people, RunOutput output) {
        this.output = output;
        this.inherited = Map.copyOf(inherited);
        this.clock = clock;
        this.people = people;
    }

    /**
     * Asks Playwright to stop and write its reports; asking again is more urgent each time. What a queue has granted is given back at once, so that the others
     * have it before this machine is gone.
     */
    public void interrupt() {
        requests.incrementAndGet();
        queued.ifPresent(QueuedRun::handBack);
    }

    /** Runs the share to its end; never throws for what a project, a disk or a user can do. */
    public AgentOutcome run(AgentRequest request) {
        PlaywrightCommand playwright = new PlaywrightCommand(request.command());
        Optional<String> refusal = playwright.refusal();
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        if (request.share()
                .match(
                        everything -> false,
                        ids -> ids.ids().isEmpty(),
                        planned -> planned.ids().isEmpty(),
                        inQueue -> inQueue.suite().tests().isEmpty())) {
            return new NothingToDo();
        }
        if (!CommandProcess.exists(request.command(), inherited)) {
            return new NotStarted(
                    3,
                    "The program " + request.command().words().get(0)
                            + " is not on the PATH; install Node.js 18 or newer, or correct the command.");
        }
        return prepare(request, playwright);
    }

    private AgentOutcome prepare(AgentRequest request, PlaywrightCommand playwright) {
        Adapters adapters;
        try {
            if (!continues(request)
                    && !new SpoolFolder(request.spoolDir())
                            .spoolsOf(request.spool())
                            .isEmpty()) {
                return new NotStarted(
                        3,
                        "There is a spool " + request.spool().name() + " in " + request.spoolDir()
                                + " already; give each run a name of its own, or remove the old one.");
            }
            Files.createDirectories(request.spoolDir());
            Files.createDirectories(request.blobDir());
            adapters = Adapters.install(request.evenkeelDir().resolve("adapters"));
            Files.deleteIfExists(Files.createTempFile(request.spoolDir(), "probe", ".tmp"));
        } catch (IOException e) {
            return new NotStarted(
                    3,
                    "Cannot write " + request.evenkeelDir() + " (" + e
                            + "); free some room, or name another folder with EVENKEEL_DIR.");
        }
        Launch launch = new Launch(request, playwright, adapters);
        return request.share()
                .match(
                        everything -> select(launch),
                        ids -> select(launch),
                        planned -> select(launch),
                        inQueue -> queue(launch, inQueue));
    }

    /** A job that is started again goes on with its list in the queue; what it did before stays. */
    private static boolean continues(AgentRequest request) {
        return request.share().match(everything -> false, ids -> false, planned -> false, inQueue -> true);
    }

    private AgentOutcome select(Launch launch) {
        return new ShareSelection(launch.request, inherited)
                .plan()
                .match(runs -> runAll(launch, runs), problem -> new NotStarted(problem.exitCode(), problem.message()));
    }

    private AgentOutcome queue(Launch launch, Share.Queued share) {
        Optional<Admission> admission = share.seat().queue().join(share.seat().who(), Waiting.SOMEBODY);
        if (admission.isEmpty() && share.seat().own().isEmpty()) {
            people.accept("The queue does not answer, and the plan has no share for this machine.");
            return new NothingToDo();
        }
        if (admission.isEmpty()) {
            people.accept(
                    "The queue does not answer; this machine begins with its own share of the plan and takes part when it answers."
                            + " What others have taken of that share runs twice, and the report says so.");
        }
        if (admission.map(Admission::passed).orElse(0) > 0) {
            people.accept(admission.get().passed() + " tests of this shard have passed before and are not run again.");
        }
        QueuedRun run = admission
                .map(place -> QueuedRun.inside(launch.request, share, place, launch))
                .orElseGet(() -> QueuedRun.outside(launch.request, share, launch));
        queued = Optional.of(run);
        try {
            QueuedRun.Finished finished =
                    run.run(admission.map(Admission::terms).orElse(Terms.STANDARD));
            return finished.granted().isEmpty() && launch.parts == 0
                    ? new NothingToDo()
                    : finish(launch.request, Optional.of(finished.granted()), finished.exitCode());
        } catch (IOException e) {
            return new NotStarted(3, "Cannot run " + launch.request.command() + ": " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupt();
            return finish(launch.request, Optional.empty(), 130);
        } finally {
            queued = Optional.empty();
        }
    }

    /** Starts Playwright for one request, as often as it takes. One thread but for {@link #stopped}. */
    private final class Launch implements QueuedRun.Helm {

        private final AgentRequest request;
        private final PlaywrightCommand playwright;
        private final Adapters adapters;
        private int parts;

        Launch(AgentRequest request, PlaywrightCommand playwright, Adapters adapters) {
            this.request = request;
            this.playwright = playwright;
            this.adapters = adapters;
        }

        @Override
        public int launch(ShareSelection.Selection selection) throws IOException, InterruptedException {
            if (parts == 0) {
                parts = new SpoolFolder(request.spoolDir())
                        .spoolsOf(request.spool())
                        .size();
            }
            RunCommand command = command(
                    request, playwright, adapters, selection, request.spool().part(++parts));
            return new RunProcess(clock, output).run(command, requests::get);
        }

        @Override
        public RunDigest digest() throws IOException {
            return RunDigest.of(new SpoolFolder(request.spoolDir()).spoolsOf(request.spool()));
        }

        @Override
        public boolean stopped() {
            return requests.get() > 0;
        }

        @Override
        public void stop() {
            interrupt();
        }

        @Override
        public void say(String line) {
            people.accept(line);
        }

        @Override
        public Instant now() {
            return clock.instant();
        }
    }

    private AgentOutcome runAll(Launch launch, ShareSelection.Runs runs) {
        if (runs.all().size() > 1) {
            people.accept(
                    "The share is run in " + runs.all().size()
                            + " parts, because this version of Playwright takes no longer list of tests; the user's own reports show the last part.");
        }
        try {
            int worst = 0;
            for (ShareSelection.Selection selection : runs.all()) {
                if (requests.get() > 0) {
                    break;
                }
                worst = Math.max(worst, launch.launch(selection));
            }
            return finish(launch.request, runs.planned(), worst);
        } catch (IOException e) {
            return new NotStarted(3, "Cannot run " + launch.request.command() + ": " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            requests.incrementAndGet();
            return finish(launch.request, runs.planned(), 130);
        }
    }

    private RunCommand command(
            AgentRequest request,
            PlaywrightCommand playwright,
            Adapters adapters,
            ShareSelection.Selection selection,
            SpoolId spool)
            throws IOException {
        selection.prepare();
        List<String> options = new ArrayList<>(request.options());
        options.addAll(selection.options());
        Map<String, String> environment = new HashMap<>(selection.environment());
        environment.put(
                "EVENKEEL_SPOOL",
                new SpoolFolder(request.spoolDir()).file(spool).toString());
        environment.put("EVENKEEL_SPOOL_REST", rest(spool.name()).toString());
        environment.put(
                "EVENKEEL_BLOB",
                request.blobDir().resolve(spool.name() + ".zip").toString());
        // Somebody would have to press Ctrl+C to end a report that is served after a failure.
        for (String variable : List.of("PLAYWRIGHT_HTML_OPEN", "PW_TEST_HTML_REPORT_OPEN")) {
            if (!inherited.containsKey(variable)
                    && !request.command().environment().containsKey(variable)) {
                environment.put(variable, "never");
            }
        }
        RunCommand command = playwright.with(adapters, options, inherited).withEnvironment(environment);
        return selection.environment().containsKey("EVENKEEL_GATE")
                ? command.withEnvironment(playwright.preloading(adapters, inherited))
                : command;
    }

    /** Where the reporter puts what no longer fits on the disk of the spool. */
    private static Path rest(String spool) {
        return Path.of(System.getProperty("java.io.tmpdir"), spool + ".rest.ndjson");
    }

    private AgentOutcome finish(AgentRequest request, Optional<List<String>> planned, int exitCode) {
        try {
            SpoolFolder folder = new SpoolFolder(request.spoolDir());
            List<Path> spools = new ArrayList<>(folder.spoolsOf(request.spool()));
            for (Path spool : List.copyOf(spools)) {
                Path rest = rest(SpoolFolder.nameOf(spool));
                if (Files.exists(rest)) {
                    spools.add(rest);
                }
            }
            RunDigest digest = RunDigest.of(spools);
            if (digest.brokenLines() > 0) {
                people.accept(digest.brokenLines() + " lines of " + spools + " are no events and were skipped.");
            }
            int ending = requests.get() > 0 ? 130 : exitCode;
            AgentOutcome outcome = planned.map(ids -> Completeness.judge(ids, digest, ending, spools))
                    .orElseGet(() -> Completeness.judgeEverything(digest, ending, spools));
            recordEnd(spools, outcome, exitCode);
            return outcome;
        } catch (IOException e) {
            return new NotStarted(
                    3, "Cannot read the results in " + request.spoolDir() + " (" + e + "); run the job again.");
        }
    }

    private void recordEnd(List<Path> spools, AgentOutcome outcome, int exitCode) {
        if (spools.isEmpty()) {
            return;
        }
        AgentEnd end = new AgentEnd(outcome.exitCode(), exitCode, notRun(outcome));
        Path spool = spools.get(spools.size() - 1);
        try {
            new SpoolAppender(spool).append(seq -> EventJson.agentEnd(seq, clock.instant(), end));
        } catch (IOException e) {
            people.accept(
                    "Cannot write the end of the run to " + spool + " (" + e + "); the results before it are kept.");
        }
    }

    private static List<String> notRun(AgentOutcome outcome) {
        return outcome.match(new NotRun());
    }

    /** The tests without a result, for the last event. */
    private static final class NotRun implements AgentOutcome.Cases<List<String>> {
        @Override
        public List<String> ran(AgentOutcome.Ran ran) {
            return ran.notRun();
        }

        @Override
        public List<String> incomplete(AgentOutcome.Incomplete incomplete) {
            return incomplete.notRun();
        }

        @Override
        public List<String> nothingToDo(NothingToDo nothingToDo) {
            return List.of();
        }

        @Override
        public List<String> refused(Refused refused) {
            return List.of();
        }

        @Override
        public List<String> notStarted(NotStarted notStarted) {
            return List.of();
        }

        @Override
        public List<String> interrupted(AgentOutcome.Interrupted interrupted) {
            return interrupted.notRun();
        }
    }
}
