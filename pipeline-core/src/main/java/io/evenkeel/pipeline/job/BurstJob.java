package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.RunOutput;
import io.evenkeel.pipeline.client.RunFinish;
import io.evenkeel.pipeline.host.RunContext;
import io.evenkeel.pipeline.host.ShardIndex;
import io.evenkeel.pipeline.job.LocalJob.Problem;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.quarantine.QuarantineList;
import io.evenkeel.pipeline.report.SpoolFiles;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import io.evenkeel.pipeline.summary.TestSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the quarantined tests of a suite again and again, so that they earn their release sooner than by the runs of the pipeline.
 *
 * <p>Each round is a run of its own, with its own name, because a coordinator counts one result of a test in a run. Playwright's {@code --repeat-each} would give each repetition another test id, and so another
 * history. What Playwright prints is kept in a file for each round. A test that fails leaves the burst: it has to begin anew anyway. {@link #run} is for one thread, {@link #interrupt} for any.
 */
public final class BurstJob {

    private final JobContext context;
    private volatile Optional<RunJob> running = Optional.empty();
    private volatile boolean interrupted;

    public BurstJob(JobContext context) {
        this.context = context;
    }

    /**
     * What to run.
     *
     * @param command the user's own
     * @param suite configuration file as the coordinator names it; empty for the suite that ran last
     * @param rounds how often, at least 1
     */
    public record Request(RunCommand command, String suite, int rounds) {}

    /**
     * How a test fared.
     *
     * @param clean rounds in which it passed at once
     * @param failed rounds in which an attempt failed: none or one
     */
    public record Fared(String id, String name, int clean, int failed) {

        /** Returns the highest rate of failures that this many clean rounds do not exclude with a confidence of 95 %, in [0, 1]. */
        public double bound() {
            return clean == 0 || failed > 0 ? 1 : 1 - Math.pow(0.05, 1.0 / clean);
        }
    }

    /** What came of it: every test that was quarantined, and why nothing or not all was run. */
    public record Result(List<Fared> tests, Optional<Problem> problem) {

        public Result {
            tests = List.copyOf(tests);
        }
    }

    /** Ends the round that runs, and begins no other. */
    public void interrupt() {
        interrupted = true;
        running.ifPresent(RunJob::interrupt);
    }

    /**
     * Runs to the end of the last round, or until no test is left.
     *
     * @throws IOException when the work folder cannot be read or written
     */
    public Result run(Request request) throws IOException {
        QuarantineList list = QuarantineStep.cached(context.folder(), context.people())
                .refreshed(context.coordinator(), request.suite())
                .list();
        Map<String, Fared> tests = new LinkedHashMap<>();
        list.tests().forEach(test -> tests.put(test.id(), new Fared(test.id(), test.name(), 0, 0)));
        Optional<Problem> problem = Optional.empty();
        for (int round = 1; round <= request.rounds() && problem.isEmpty() && !interrupted; round++) {
            Set<String> left = new LinkedHashSet<>();
            tests.values().stream().filter(test -> test.failed() == 0).forEach(test -> left.add(test.id()));
            if (left.isEmpty()) {
                break;
            }
            problem = round(request, round, left, tests);
        }
        return new Result(new ArrayList<>(tests.values()), problem);
    }

    private Optional<Problem> round(Request request, int round, Set<String> left, Map<String, Fared> tests)
            throws IOException {
        JobContext own = own(round);
        Path log = own.folder().log(round);
        Files.createDirectories(log.resolveSibling(""));
        RunJob job = new RunJob(own, new RunOutput.Kept(log));
        running = Optional.of(job);
        RunJob.Result result = job.run(new RunJob.Request(
                request.command(),
                Optional.of(new ShardIndex(1, 1)),
                own.folder().plan(),
                SplitMode.STATIC,
                Optional.of(left)));
        running = Optional.empty();
        Optional<AgentOutcome.Ran> ran = result.outcome().flatMap(AgentOutcome::finished);
        if (ran.isEmpty()) {
            return result.problem()
                    .or(() -> result.outcome().map(outcome -> new Problem(outcome.exitCode(), outcome.message())));
        }
        RunSummaryBuilder builder = new RunSummaryBuilder(own.run().runKey());
        for (Path spool : ran.get().spools()) {
            SpoolFiles.read(spool, builder.executor(SpoolFiles.id(spool))::accept)
                    .ifPresent(context.people()::warn);
        }
        RunSummary summary = builder.build(Map.of());
        summary.tests().forEach(test -> count(test, tests));
        int failed =
                (int) left.stream().filter(id -> fared(id, tests).failed() > 0).count();
        RunFinish end = new RunFinish(
                left.size(),
                (int) summary.tests().stream().filter(TestSummary::counts).count(),
                List.of(),
                ran.get().exitCode());
        own.coordinator().ifPresent(client -> client.finish(own.run().runKey(), end));
        context.people()
                .say("Round " + round + " of " + request.rounds() + ": " + (left.size() - failed) + " of " + left.size()
                        + " without a failure" + (failed > 0 ? "; " + failed + " out of the burst." : "."));
        return Optional.empty();
    }

    private static void count(TestSummary test, Map<String, Fared> tests) {
        Fared before = tests.get(test.name().id());
        if (before == null || test.skipped()) {
            return;
        }
        int bad = test.failed() || test.flaky() ? 1 : 0;
        String name =
                test.name().title().isEmpty() ? before.name() : test.name().title();
        tests.put(before.id(), new Fared(before.id(), name, before.clean() + 1 - bad, before.failed() + bad));
    }

    private static Fared fared(String id, Map<String, Fared> tests) {
        return tests.getOrDefault(id, new Fared(id, "", 0, 0));
    }

    /** The files of a burst lie apart, so that no report takes them for a part of the pipeline's run. */
    private JobContext own(int round) throws IOException {
        RunContext run = context.run();
        WorkFolder folder = new WorkFolder(context.folder().root().resolve("burst"));
        folder.make();
        return new JobContext(
                new RunContext(run.ci(), run.runKey() + "-burst-" + round, run.revision(), run.url(), Optional.empty()),
                folder,
                context.coordinator(),
                context.machine(),
                context.people());
    }
}
