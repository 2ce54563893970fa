package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.discover.DiscoveryOutcome;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.job.PlanJob;
import io.evenkeel.pipeline.plan.SuitePlan;
import io.evenkeel.pipeline.plan.SuitePlanner;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.PlanAdvice;
import io.evenkeel.pipeline.split.Shard;
import io.evenkeel.pipeline.split.Strategy;
import io.evenkeel.pipeline.split.WorkItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel plan}. */
@Command(
        name = "plan",
        description = {
            "Lists the suite and plans which shard runs which tests.",
            "",
            "Writes .evenkeel/plan.json and .evenkeel/shard-<i>.txt. The durations come from the coordinator or from .evenkeel/timings.json; without them all tests weigh the same."
        },
        footer = {
            "",
            "Examples:",
            "  evenkeel plan --shards 5 -- npx playwright test --project=desktop",
            "  evenkeel plan --target 6m"
        })
final class PlanCommand implements Callable<Integer> {

    private static final int MOST_SHARDS = 1_000;

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = {"-n", "--shards"},
            paramLabel = "<n>",
            description = "Number of shards. Default: what the CI says, else 2.")
    private Optional<Integer> shards = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "<time>",
            description =
                    "Time the slowest shard may take, for example 90s, 6m or 1h. The number of shards follows from it; the cost of every useful number is shown.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--strategy",
            paramLabel = "<name>",
            defaultValue = "duration",
            description = "duration, failure-first or round-robin; see evenkeel run. Default: ${DEFAULT-VALUE}.")
    private String strategy = "duration";

    @Option(names = "--json", description = "Print plan.json on standard output.")
    private boolean json;

    PlanCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        if (target.isPresent() && shards.isPresent()) {
            throw new UsageException("--target says how long, --shards how many: give one of them.");
        }
        Optional<Duration> limit = target.map(PlanCommand::time);
        Strategy order = Strategy.of(strategy);
        try (RunOptions.Session session = options.session(program)) {
            PlanJob job = new PlanJob(session.context());
            DiscoveryOutcome discovered = job.discover(options.command());
            Optional<Suite> suite = discovered.match(found -> Optional.of(found.suite()), failed -> {
                program.terminal().line(Style.RED, "evenkeel: " + failed.message());
                return Optional.empty();
            });
            if (suite.isEmpty()) {
                return discovered.match(
                        found -> ExitCodes.PASSED, failed -> failed.problem().exitCode());
            }
            PlanJob.Known known = job.known(suite.get().config().config());
            List<String> advice = new ArrayList<>();
            int count = limit.map(time -> shards(suite.get(), known, time, advice))
                    .or(() -> shards)
                    .or(() -> session.context().run().shard().map(shard -> shard.total()))
                    .orElse(2);
            SuitePlan plan = job.plan(
                    suite.get(), known, Machines.of(count, suite.get().config().workers()), order);
            show(plan);
            advice.forEach(line -> program.terminal().line(line));
            Forge.around(program, session.context().folder())
                    .ifPresent(forge -> forge.planned(session.context().run().runKey(), plan));
            if (json) {
                program.out().print(Files.readString(session.context().folder().plan(), StandardCharsets.UTF_8));
            }
            return ExitCodes.PASSED;
        }
    }

    /** Returns the number of shards for a target, and says what each number would cost. */
    private static int shards(Suite suite, PlanJob.Known known, Duration target, List<String> advice) {
        List<WorkItem> items = SuitePlanner.items(suite, known.timings());
        PlanAdvice.Machine machine = new PlanAdvice.Machine(
                suite.config().workers(),
                known.timings().of(suite.config().config()).fixed().perMachine());
        PlanAdvice all = PlanAdvice.of(items, machine, MOST_SHARDS);
        Optional<PlanAdvice.Candidate> chosen = PlanAdvice.forTarget(items, machine, target);
        advice.add("shards    wall time    machine minutes");
        for (PlanAdvice.Candidate candidate : all.candidates()) {
            advice.add(String.format(
                    Locale.ROOT,
                    "%6d  %11s  %17.1f%s",
                    candidate.shards(),
                    seconds(candidate.wall()),
                    candidate.cost().toMillis() / 60_000.0,
                    chosen.filter(c -> c.shards() == candidate.shards()).isPresent() ? "  <- target" : ""));
        }
        for (String sentence : all.sentences()) {
            advice.add(named(sentence, suite, all));
        }
        if (chosen.isEmpty()) {
            advice.add(
                    "No number of shards ends within " + seconds(target)
                            + ": the longest unit alone, with the start of a machine, takes longer. The plan is for the largest useful number.");
        }
        return chosen.map(PlanAdvice.Candidate::shards).orElse(all.largestUseful());
    }

    /** Names a unit as people know it, not by its key. */
    private static String named(String sentence, Suite suite, PlanAdvice advice) {
        return advice.longest()
                .map(item ->
                        sentence.replace(item.id(), unit(suite, item.tests().get(0))))
                .orElse(sentence);
    }

    /** Reads {@code 90s}, {@code 6m}, {@code 1h30m}. */
    private static Duration time(String text) {
        Duration time;
        try {
            time = Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new UsageException("--target (" + text + ") must be a time like 90s, 6m or 1h30m.");
        }
        if (time.isNegative() || time.isZero()) {
            throw new UsageException("--target (" + text + ") must be longer than nothing.");
        }
        return time;
    }

    private void show(SuitePlan plan) {
        Terminal terminal = program.terminal();
        Suite suite = plan.suite();
        terminal.line(suite.tests().size() + " tests of " + suite.config().config() + ", Playwright "
                + suite.config().playwright() + ", " + suite.config().workers()
                + (suite.config().workers() == 1 ? " worker" : " workers") + " on each machine");
        for (Shard shard : plan.shards().shards()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  shard %-3d %4d tests  %s",
                    shard.index(),
                    shard.tests().size(),
                    seconds(shard.load())));
        }
        terminal.line(Style.BOLD, plan.sentence());
        plan.longest()
                .filter(item -> plan.fromHistory())
                .ifPresent(item -> terminal.line("longest unit: "
                        + unit(suite, item.tests().get(0)) + ", "
                        + seconds(item.estimate()) + " with " + item.tests().size()
                        + (item.tests().size() == 1 ? " test" : " tests that stay together")));
        if (!plan.fromHistory()) {
            terminal.line(
                    "No durations are known yet, so every test weighs the same. Keep .evenkeel/timings.json in the CI's cache.");
        }
    }

    private static String unit(Suite suite, String id) {
        return suite.tests().stream()
                .filter(test -> test.id().equals(id))
                .findFirst()
                .map(test -> (test.project().isEmpty() ? "" : "[" + test.project() + "] ")
                        + test.place().file())
                .orElse(id);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
