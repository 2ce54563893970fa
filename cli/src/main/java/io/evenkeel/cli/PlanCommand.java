package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.discover.DiscoveryOutcome;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.job.PlanJob;
import io.evenkeel.pipeline.plan.SuitePlan;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.Shard;
import io.evenkeel.pipeline.split.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
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
        footer = {"", "Example:", "  evenkeel plan --shards 5 -- npx playwright test --project=desktop"})
final class PlanCommand implements Callable<Integer> {

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = {"-n", "--shards"},
            paramLabel = "<n>",
            description = "Number of shards. Default: what the CI says, else 2.")
    private Optional<Integer> shards = Optional.empty();

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
            int count = shards.or(() -> session.context().run().shard().map(shard -> shard.total()))
                    .orElse(2);
            SuitePlan plan = job.plan(
                    suite.get(),
                    job.known(suite.get().config().config()),
                    Machines.of(count, suite.get().config().workers()),
                    Strategy.of(strategy));
            show(plan);
            Forge.around(program, session.context().folder())
                    .ifPresent(forge -> forge.planned(session.context().run().runKey(), plan));
            if (json) {
                program.out().print(Files.readString(session.context().folder().plan(), StandardCharsets.UTF_8));
            }
            return ExitCodes.PASSED;
        }
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
