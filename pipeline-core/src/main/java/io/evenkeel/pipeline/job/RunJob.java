package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.agent.RunOutput;
import io.evenkeel.pipeline.agent.Share;
import io.evenkeel.pipeline.client.RunOpening;
import io.evenkeel.pipeline.discover.DiscoveryOutcome;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.host.ShardIndex;
import io.evenkeel.pipeline.job.LocalJob.Problem;
import io.evenkeel.pipeline.plan.StoredPlan;
import io.evenkeel.pipeline.plan.SuitePlan;
import io.evenkeel.pipeline.plan.json.PlanJson;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.split.Machines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs one share of a suite on this executor.
 *
 * <p>The share comes from the plan file if there is one, else every executor computes the same plan by itself. {@link #run} is for one
 * thread, {@link #interrupt} for any.
 */
public final class RunJob {

    private final JobContext context;
    private final PlanJob planning;
    private volatile Optional<ShareRun> running = Optional.empty();

    public RunJob(JobContext context) {
        this.context = context;
        this.planning = new PlanJob(context);
    }

    /**
     * Which share of what.
     *
     * @param command the user's own
     * @param shard this executor's
     * @param plan the plan file; ignored when it is not there
     */
    public record Request(RunCommand command, ShardIndex shard, Path plan) {}

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
                ? run(request, suite(discovered))
                : discovered.match(
                        found -> Result.problem(3, ""),
                        failed -> Result.problem(failed.problem().exitCode(), failed.message()));
    }

    private static Suite suite(DiscoveryOutcome discovered) {
        return discovered.match(found -> found.suite(), failed -> {
            throw new IllegalStateException(failed.message());
        });
    }

    private Result run(Request request, Suite suite) throws IOException {
        ShardIndex shard = request.shard();
        List<String> tests;
        if (Files.isRegularFile(request.plan())) {
            StoredPlan plan;
            try {
                plan = PlanJson.read(Files.readString(request.plan(), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Result.problem(3, request.plan() + ": " + e.getMessage());
            }
            Optional<Problem> misfit = misfit(plan, suite, request);
            if (misfit.isPresent()) {
                return new Result(Optional.empty(), misfit);
            }
            tests = plan.share(shard.index()).map(StoredPlan.Share::tests).orElse(List.of());
            context.people()
                    .say("Shard " + shard + " of the plan in " + request.plan() + ": " + tests.size() + " tests.");
        } else {
            SuitePlan plan = planning.plan(
                    suite,
                    planning.known(suite.config().config()),
                    Machines.of(shard.total(), suite.config().workers()));
            tests = plan.shards().shards().get(shard.index() - 1).tests();
            context.people()
                    .say("Shard " + shard + ": " + tests.size() + " of "
                            + suite.tests().size() + " tests, "
                            + (plan.fromHistory() ? "planned from history" : "planned without history") + "; "
                            + plan.sentence() + ".");
        }
        RunOpening opening =
                context.opening(suite.config().config(), suite.tests().size(), shard.total());
        new RunManifest(context.run().runKey(), request.command().words(), opening, List.of()).write(context.folder());
        context.coordinator().ifPresent(client -> client.openRun(context.run().runKey(), opening));
        QuarantineStep quarantine = QuarantineStep.cached(context.folder(), context.people())
                .refreshed(context.coordinator(), suite.config().config());
        AgentRequest asked = new AgentRequest(
                request.command(),
                List.of(),
                new Share.Planned(tests, suite),
                context.folder().root(),
                WorkFolder.spool(context.run().runKey(), shard.index(), "shard-" + shard.index()));
        ShareRun run = new ShareRun(context, opening, asked, new RunOutput.Shown());
        running = Optional.of(run);
        String commit = opening.origin().commit().isEmpty()
                ? context.run().runKey()
                : opening.origin().commit();
        AgentOutcome outcome =
                quarantine.excuse(run.run(), commit, context.machine().clock().instant());
        return new Result(Optional.of(outcome), Optional.empty());
    }

    private static Optional<Problem> misfit(StoredPlan plan, Suite suite, Request request) {
        if (!plan.suite().digest().equals(suite.digest())) {
            return Optional.of(new Problem(
                    3,
                    "The plan " + request.plan() + " is of another suite: it holds "
                            + plan.suite().discovered()
                            + " tests of " + plan.suite().config() + ", here are "
                            + suite.tests().size() + " of "
                            + suite.config().config() + ". Plan again with the same command and the same commit."));
        }
        if (plan.shards().size() != request.shard().total()) {
            return Optional.of(new Problem(
                    2,
                    "The plan " + request.plan() + " has " + plan.shards().size() + " shards, this is shard "
                            + request.shard() + ". Use the same number in plan and run."));
        }
        return Optional.empty();
    }
}
