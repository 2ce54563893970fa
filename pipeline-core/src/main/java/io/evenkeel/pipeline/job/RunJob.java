package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.agent.RunOutput;
import io.evenkeel.pipeline.agent.Share;
import io.evenkeel.pipeline.client.RunOpening;
import io.evenkeel.pipeline.discover.DiscoveryOutcome;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.host.ShardIndex;
import io.evenkeel.pipeline.job.LocalJob.Problem;
import io.evenkeel.pipeline.plan.StoredPlan;
import io.evenkeel.pipeline.plan.SuitePlan;
import io.evenkeel.pipeline.plan.json.PlanJson;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one share of a suite on this executor.
 *
 * <p>The share comes from the plan file if there is one, else every executor computes the same plan by itself. {@link #run} is for one
 * thread, {@link #interrupt} for any.
 */
public final class RunJob {

    private final JobContext context;
    private final ShareRun.Manner manner;
    private final PlanJob planning;
    private volatile Optional<ShareRun> running = Optional.empty();

    public RunJob(JobContext context) {
        this(context, LiveMode.OFF);
    }

    /** Runs with locators healed live, if the mode says so. */
    public RunJob(JobContext context, LiveMode live) {
        this(context, new ShareRun.Manner(new RunOutput.Shown(), live));
    }

    /** Runs with what Playwright prints going elsewhere. */
    RunJob(JobContext context, RunOutput output) {
        this(context, new ShareRun.Manner(output, LiveMode.OFF));
    }

    private RunJob(JobContext context, ShareRun.Manner manner) {
        this.manner = manner;
        this.context = context;
        this.planning = new PlanJob(context);
    }

    /**
     * Which share of what.
     *
     * @param command the user's own
     * @param shard this executor's
     * @param plan the plan file; ignored when it is not there
     * @param shard empty for an executor without a number; only a queue can do with that
     * @param mode how the tests come here
     * @param only the tests to run, empty for all
     */
    public record Request(
            RunCommand command, Optional<ShardIndex> shard, Path plan, SplitMode mode, Optional<Set<String>> only) {}

    /** What came of it: an outcome, or why nothing was started. */
    public record Result(Optional<AgentOutcome> outcome, Optional<Problem> problem) {

        private static Result problem(int exitCode, String message) {
            return new Result(Optional.empty(), Optional.of(new Problem(exitCode, message)));
        }
    }

    /** Asks Playwright to stop and to write its reports; asking again is more urgent. */
    public void interrupt() {
        running.ifPresent(ShareRun::interrupt);
    }

    /**
     * Runs the share to its end.
     *
     * @throws IOException when the work folder cannot be read or written
     */
    public Result run(Request request) throws IOException {
        DiscoveryOutcome discovered = planning.discover(request.command());
        return discovered
                        .match(found -> Optional.of(found.suite()), failed -> Optional.<Suite>empty())
                        .isPresent()
                ? some(request, suite(discovered))
                : discovered.match(
                        found -> Result.problem(3, ""),
                        failed -> Result.problem(failed.problem().exitCode(), failed.message()));
    }

    /** Leaves out of the suite what is not wanted, on every executor alike. */
    private Result some(Request request, Suite suite) throws IOException {
        if (request.only().isEmpty()) {
            return run(request, suite);
        }
        Set<String> only = request.only().get();
        List<SuiteTest> tests =
                suite.tests().stream().filter(test -> only.contains(test.id())).toList();
        if (tests.isEmpty()) {
            return Result.problem(
                    3,
                    "None of the " + only.size() + " tests is in the suite of " + request.command()
                            + " any more. Use the command and the commit of that run.");
        }
        if (tests.size() < only.size()) {
            context.people()
                    .warn((only.size() - tests.size()) + " of the " + only.size()
                            + " tests are not in the suite any more; the others are run.");
        }
        return run(request, new Suite(suite.config(), suite.projects(), tests, suite.setUp(), suite.webServers()));
    }

    private static Suite suite(DiscoveryOutcome discovered) {
        return discovered.match(found -> found.suite(), failed -> {
            throw new IllegalStateException(failed.message());
        });
    }

    private Result run(Request request, Suite suite) throws IOException {
        SpoolId spool = spool(request);
        RunOpening opening = context.opening(
                suite.config().config(),
                suite.tests().size(),
                request.shard().map(ShardIndex::total).orElse(0));
        context.coordinator().ifPresent(client -> client.openRun(context.run().runKey(), opening));
        QuarantineStep quarantine = QuarantineStep.cached(context.folder(), context.people())
                .refreshed(context.coordinator(), suite.config().config());
        Share share;
        Optional<QueueJob.Seat> seat = request.mode().kind() == SplitMode.Kind.DYNAMIC
                ? seat(request, suite, spool, opening)
                : Optional.empty();
        if (seat.isPresent() && seat.get().problem().isPresent()) {
            return new Result(Optional.empty(), seat.get().problem());
        }
        if (seat.isPresent() && seat.get().share().isPresent()) {
            context.people()
                    .say("Taking part in the queue of run " + context.run().runKey() + ".");
            share = seat.get().share().get();
        } else if (request.shard().isEmpty()) {
            return Result.problem(
                    3,
                    "This executor has no number and there is no queue to take tests from. Give --shard 1/3, or set EVENKEEL_URL to a coordinator that answers.");
        } else {
            Planned planned = planned(request, request.shard().get(), suite);
            if (planned.problem().isPresent()) {
                return new Result(Optional.empty(), planned.problem());
            }
            share = seat.flatMap(QueueJob.Seat::outside)
                    .<Share>map(outside -> new Share.Queued(suite, outside.withOwn(planned.tests())))
                    .orElseGet(() -> new Share.Planned(planned.tests(), suite));
        }
        new RunManifest(context.run().runKey(), request.command().words(), opening, List.of()).write(context.folder());
        AgentRequest asked = new AgentRequest(
                request.command(), List.of(), share, context.folder().root(), spool);
        ShareRun run = new ShareRun(context, opening, asked, manner);
        running = Optional.of(run);
        String commit = opening.origin().commit().isEmpty()
                ? context.run().runKey()
                : opening.origin().commit();
        AgentOutcome outcome =
                quarantine.excuse(run.run(), commit, context.machine().clock().instant());
        return new Result(Optional.of(outcome), Optional.empty());
    }

    /** An executor without a number is known by its own name, which must be another one on each machine. */
    private SpoolId spool(Request request) {
        String runKey = context.run().runKey();
        Instant begun = context.machine().clock().instant();
        return request.shard()
                .map(shard -> WorkFolder.spool(runKey, shard.index(), "shard-" + shard.index(), begun))
                .orElseGet(() -> WorkFolder.spool(
                        runKey,
                        Optional.ofNullable(context.machine().environment().get("EVENKEEL_EXECUTOR"))
                                .filter(value -> !value.isBlank())
                                .orElseGet(() -> "agent-"
                                        + Long.toString(ProcessHandle.current().pid(), 36)
                                        + Long.toString(begun.toEpochMilli(), 36)),
                        begun));
    }

    private Optional<QueueJob.Seat> seat(Request request, Suite suite, SpoolId spool, RunOpening opening)
            throws IOException {
        if (context.coordinator().isEmpty()) {
            context.people()
                    .warn(
                            "There is no coordinator (EVENKEEL_URL), so nobody keeps a queue: this executor runs its share of the plan.");
            return Optional.empty();
        }
        return Optional.of(new QueueJob(context, planning)
                .at(
                        context.coordinator().get(),
                        new QueueJob.Place(
                                suite, request.shard(), request.mode().strategy(), spool, opening)));
    }

    /** Tests of a share of the plan, or why there are none. */
    private record Planned(List<String> tests, Optional<Problem> problem) {}

    private Planned planned(Request request, ShardIndex shard, Suite suite) throws IOException {
        if (request.only().isEmpty() && Files.isRegularFile(request.plan())) {
            StoredPlan plan;
            try {
                plan = PlanJson.read(Files.readString(request.plan(), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return new Planned(List.of(), Optional.of(new Problem(3, request.plan() + ": " + e.getMessage())));
            }
            Optional<Problem> misfit = misfit(plan, suite, request.plan(), shard);
            List<String> tests =
                    plan.share(shard.index()).map(StoredPlan.Share::tests).orElse(List.of());
            if (misfit.isEmpty()) {
                context.people()
                        .say("Shard " + shard + " of the plan in " + request.plan() + ": " + tests.size() + " tests.");
            }
            return new Planned(tests, misfit);
        }
        PlanJob.Agreed agreed = planning.agreed(
                suite,
                planning.known(suite.config().config()),
                Machines.of(shard.total(), suite.config().workers()),
                request.mode().strategy());
        List<String> tests =
                agreed.plan().share(shard.index()).map(StoredPlan.Share::tests).orElse(List.of());
        SuitePlan own = agreed.own();
        boolean first = own.shards().shards().get(shard.index() - 1).tests().equals(tests);
        context.people()
                .say("Shard " + shard + ": " + tests.size() + " of "
                        + suite.tests().size() + " tests, "
                        + (!first
                                ? "as planned by the first executor of this run"
                                : (own.fromHistory() ? "planned from history" : "planned without history") + "; "
                                        + own.sentence())
                        + ".");
        return new Planned(tests, Optional.empty());
    }

    private static Optional<Problem> misfit(StoredPlan plan, Suite suite, Path file, ShardIndex shard) {
        if (!plan.suite().digest().equals(suite.digest())) {
            return Optional.of(new Problem(
                    3,
                    "The plan " + file + " is of another suite: it holds "
                            + plan.suite().discovered()
                            + " tests of " + plan.suite().config() + ", here are "
                            + suite.tests().size() + " of "
                            + suite.config().config() + ". Plan again with the same command and the same commit."));
        }
        if (plan.shards().size() != shard.total()) {
            return Optional.of(new Problem(
                    2,
                    "The plan " + file + " has " + plan.shards().size() + " shards, this is shard " + shard
                            + ". Use the same number in plan and run."));
        }
        return Optional.empty();
    }
}
