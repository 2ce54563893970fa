package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.agent.QueueSeat;
import io.evenkeel.pipeline.agent.RunOutput;
import io.evenkeel.pipeline.agent.Share;
import io.evenkeel.pipeline.client.RunOpening;
import io.evenkeel.pipeline.discover.DiscoveryOutcome;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.local.ExecutorWorkspace;
import io.evenkeel.pipeline.local.LocalMode;
import io.evenkeel.pipeline.plan.SuitePlan;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.queue.LocalQueue;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.Terms;
import io.evenkeel.pipeline.queue.WorkQueue;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.Shard;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a suite on this machine, split over several executors if that can work.
 *
 * <p>{@link #run} is for one thread, {@link #interrupt} for any.
 */
public final class LocalJob {

    private final JobContext context;
    private final LiveMode live;
    private final PlanJob planning;
    private final List<ShareRun> running = new CopyOnWriteArrayList<>();

    public LocalJob(JobContext context) {
        this(context, LiveMode.OFF);
    }

    /** Runs with locators healed live, if the mode says so. */
    public LocalJob(JobContext context, LiveMode live) {
        this.context = context;
        this.live = live;
        this.planning = new PlanJob(context);
    }

    /**
     * What to run.
     *
     * @param command the user's own
     * @param executors at least 1
     * @param portVariable variable through which the configuration takes its port, empty when there is none
     * @param mode how the tests come to the executors
     */
    public record Request(RunCommand command, int executors, String portVariable, SplitMode mode) {}

    /**
     * What came of it.
     *
     * @param outcomes one for each executor; empty when nothing was started
     * @param plan the plan, empty when the suite was not split
     * @param problem why nothing was started, with its exit code
     */
    public record Result(List<AgentOutcome> outcomes, Optional<SuitePlan> plan, Optional<Problem> problem) {

        public Result {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Why nothing was started. */
    public record Problem(int exitCode, String message) {}

    /** Asks every executor to stop and to write its reports; asking again is more urgent. */
    public void interrupt() {
        running.forEach(ShareRun::interrupt);
    }

    /**
     * Runs the suite to its end.
     *
     * @throws IOException when the work folder cannot be written
     * @throws InterruptedException when the thread is interrupted
     */
    public Result run(Request request) throws IOException, InterruptedException {
        forgetOldRuns();
        if (request.executors() == 1) {
            return together(request.command(), List.of());
        }
        DiscoveryOutcome discovered = request.portVariable().isBlank()
                ? planning.discoverWithPorts(request.command())
                : planning.discover(request.command());
        Optional<Problem> problem = discovered.match(
                found -> Optional.empty(),
                failed -> Optional.of(new Problem(failed.problem().exitCode(), failed.message())));
        if (problem.isPresent()) {
            return new Result(List.of(), Optional.empty(), problem);
        }
        Suite suite = discovered.match(found -> found.suite(), failed -> {
            throw new IllegalStateException(failed.message());
        });
        LocalMode mode =
                LocalMode.decide(suite, request.command().words(), request.executors(), request.portVariable());
        Optional<LocalMode.OneRun> oneRun =
                mode.match(inPlace -> Optional.empty(), separate -> Optional.empty(), Optional::of);
        if (oneRun.isPresent()) {
            context.people().say(oneRun.get().reason());
            return together(
                    request.command(), List.of("--workers=" + oneRun.get().workers()));
        }
        return separately(request, suite);
    }

    /** One run where the command was typed; nothing is listed or copied. */
    private Result together(RunCommand command, List<String> options) throws IOException {
        RunOpening opening = context.opening("", 0, 1);
        begin(command, opening, List.of());
        Files.deleteIfExists(context.folder().plan());
        AgentRequest request = new AgentRequest(
                command,
                options,
                new Share.Everything(),
                context.folder().root(),
                WorkFolder.spool(
                        context.run().runKey(),
                        1,
                        "executor-1",
                        context.machine().clock().instant()));
        ShareRun run = new ShareRun(context, opening, request, new ShareRun.Manner(new RunOutput.Shown(), live));
        running.add(run);
        return new Result(List.of(run.run()), Optional.empty(), Optional.empty());
    }

    private Result separately(Request request, Suite suite) throws IOException, InterruptedException {
        Machines machines = Machines.of(request.executors(), suite.config().workers());
        PlanJob.Known known = planning.known(suite.config().config());
        SuitePlan plan = planning.plan(suite, known, machines, request.mode().strategy());
        Optional<Queue> queue = request.mode().kind() == SplitMode.Kind.DYNAMIC
                ? Optional.of(queue(
                        planning.queue(suite, known, machines, request.mode().strategy())))
                : Optional.empty();
        announce(plan);
        queue.ifPresent(q -> context.people().say("Each executor takes the next group from a queue."));
        List<Shard> shards = plan.shards().shards();
        RunOpening opening =
                context.opening(suite.config().config(), suite.tests().size(), shards.size());
        List<ExecutorWorkspace> places = new ArrayList<>();
        try {
            for (Shard shard : shards) {
                places.add(ExecutorWorkspace.make(
                        request.command().folder(),
                        context.folder().root(),
                        "executor-" + shard.index(),
                        request.portVariable(),
                        suite));
            }
            begin(
                    request.command(),
                    opening,
                    places.stream()
                            .map(place ->
                                    place.command(request.command()).folder().toString())
                            .toList());
            for (Shard shard : shards) {
                running.add(share(request, suite, shard, places.get(shard.index() - 1), opening, queue));
            }
            return new Result(all(suite.tests().size()), Optional.of(plan), Optional.empty());
        } finally {
            for (ExecutorWorkspace place : places) {
                place.close();
            }
        }
    }

    /** The queue of this machine. */
    private record Queue(WorkQueue queue, List<QueueItem> items) {

        private Share share(Suite suite, Shard shard, SpoolId spool) {
            Member who = new Member(
                    shard.index(),
                    spool.executor(),
                    spool.name(),
                    suite.config().workers(),
                    Member.Again.ALL);
            return new Share.Queued(suite, new QueueSeat(queue, who, items, shard.tests()));
        }
    }

    private Queue queue(List<QueueItem> items) {
        return new Queue(new LocalQueue(items, Terms.STANDARD, context.machine().clock()), items);
    }

    private ShareRun share(
            Request request,
            Suite suite,
            Shard shard,
            ExecutorWorkspace place,
            RunOpening opening,
            Optional<Queue> queue)
            throws IOException {
        Path log = context.folder().log(shard.index());
        Files.createDirectories(log.resolveSibling(""));
        Files.deleteIfExists(log);
        String name = "executor-" + shard.index();
        SpoolId spool = WorkFolder.spool(
                context.run().runKey(),
                shard.index(),
                name,
                context.machine().clock().instant());
        Suite here = place.suite(suite);
        AgentRequest asked = new AgentRequest(
                place.command(request.command()),
                place.options(),
                queue.map(q -> q.share(here, shard, spool)).orElseGet(() -> new Share.Planned(shard.tests(), here)),
                context.folder().root(),
                spool);
        return new ShareRun(context, opening, asked, new ShareRun.Manner(new RunOutput.Kept(log), live));
    }

    private void announce(SuitePlan plan) {
        String source = plan.fromHistory() ? "from history" : "without history: all tests weigh the same";
        context.people()
                .say(plan.suite().tests().size() + " tests on "
                        + plan.shards().shards().size() + " executors, " + source + ": " + plan.sentence());
    }

    private void begin(RunCommand command, RunOpening opening, List<String> copies) throws IOException {
        new RunManifest(context.run().runKey(), command.words(), opening, copies).write(context.folder());
        context.coordinator()
                .ifPresent(client -> client.openRun(context.run().runKey(), opening)
                        .value()
                        .filter(opened -> !opened.url().isEmpty())
                        .ifPresent(opened -> context.people().say("Live: " + opened.url())));
    }

    /** Runs all shares at once and shows how far they are. */
    private List<AgentOutcome> all(int planned) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(running.size());
        try (RunWatch watch = RunWatch.start(
                context.folder().spools(),
                running.stream().map(run -> run.request().spool()).toList(),
                planned,
                context.people())) {
            List<Future<AgentOutcome>> futures =
                    running.stream().map(run -> threads.submit(run::run)).toList();
            List<AgentOutcome> outcomes = new ArrayList<>();
            for (Future<AgentOutcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            interrupt();
            throw new IOException("An executor could not be run: " + e.getCause(), e);
        } finally {
            threads.shutdown();
        }
    }

    /** Keeps of earlier runs only what the coordinator has not taken yet. */
    private void forgetOldRuns() throws IOException {
        for (RunManifest old : RunManifest.all(context.folder())) {
            if (!old.runKey().equals(context.run().runKey())) {
                old.forget(context.folder(), context.coordinator().isPresent());
            }
        }
    }
}
