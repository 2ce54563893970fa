package io.evenkeel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.job.BurstJob;
import io.evenkeel.pipeline.job.LocalJob.Problem;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel quarantine burst}. */
@Command(
        name = "burst",
        description = {
            "Runs the quarantined tests again and again, so that they earn their release sooner: for a nightly job.",
            "",
            "29, 59, 149 and 299 clean runs in a row exclude a flake rate above 10, 5, 2 and 1 % (95 % confidence). A test that fails leaves the burst. With a coordinator each round is a run of its own there, and counts; without one only this burst is shown."
        },
        footer = {
            "",
            "Example:",
            "  evenkeel quarantine burst --rounds 30 -- npx playwright test",
            "",
            "Exit code: 0 also when tests failed, 2 wrong use, 3 tests could not be run, 130 interrupted."
        })
final class BurstCommand implements Callable<Integer> {

    private static final int ROUNDS = 29;

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = "--rounds",
            paramLabel = "<n>",
            defaultValue = "" + ROUNDS,
            description = "How often each test runs, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int rounds = ROUNDS;

    @Option(
            names = "--suite",
            paramLabel = "<config>",
            description = "Playwright configuration, as the coordinator names it. Default: the suite that ran last.")
    private String suite = "";

    @Option(names = "--json", description = "Print the answer as JSON on standard output.")
    private boolean json;

    BurstCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || rounds > 1_000) {
            throw new UsageException("--rounds " + rounds + " must be 1 to 1000.");
        }
        try (RunOptions.Session session = options.session(program)) {
            BurstJob job = new BurstJob(session.context());
            BurstJob.Result result;
            try (Interruption interruption = Interruption.of(job::interrupt)) {
                result = job.run(new BurstJob.Request(options.command(), suite, rounds));
            }
            if (result.tests().isEmpty()) {
                program.terminal().line("Nothing to do: no test is quarantined.");
            }
            show(result, standing(session));
            Optional<Problem> problem = result.problem();
            problem.filter(one -> !one.message().isEmpty())
                    .ifPresent(one -> program.terminal().line(Style.RED, "evenkeel: " + one.message()));
            return problem.map(Problem::exitCode).orElse(ExitCodes.PASSED);
        }
    }

    /** What the coordinator counts by now, by test; empty without one. */
    private Map<String, JsonNode> standing(RunOptions.Session session) throws IOException {
        Optional<String> answer = session.context()
                .coordinator()
                .flatMap(client -> client.quarantine(suite).value());
        Map<String, JsonNode> standing = new HashMap<>();
        if (answer.isPresent()) {
            new ObjectMapper()
                    .readTree(answer.get())
                    .path("tests")
                    .forEach(test -> standing.put(test.path("id").asText(), test));
        }
        return standing;
    }

    private void show(BurstJob.Result result, Map<String, JsonNode> standing) {
        ObjectNode all = new ObjectMapper().createObjectNode().put("v", 1);
        var array = all.putArray("tests");
        for (BurstJob.Fared test : result.tests()) {
            Optional<JsonNode> known = Optional.ofNullable(standing.get(test.id()));
            ObjectNode one = array.addObject();
            one.put("id", test.id()).put("name", test.name());
            one.put("clean", test.clean()).put("failed", test.failed()).put("bound", test.bound());
            known.ifPresent(node -> one.put("cleanRuns", node.path("cleanRuns").asInt())
                    .put("neededRuns", node.path("neededRuns").asInt())
                    .put("state", node.path("state").asText())
                    .put("advice", node.path("advice").asText()));
            if (!json) {
                program.terminal().line(line(test, known));
            }
        }
        if (json) {
            program.out().println(all);
        }
    }

    private static String line(BurstJob.Fared test, Optional<JsonNode> known) {
        String name = test.id() + (test.name().isEmpty() ? "" : "  " + test.name());
        String shown = test.failed() > 0
                ? "failed after " + test.clean() + " clean rounds: it begins anew"
                : String.format(
                        Locale.ROOT, "%d clean rounds exclude a rate above %.1f %%", test.clean(), 100 * test.bound());
        String counted = known.map(node -> "; " + node.path("cleanRuns").asInt() + " of "
                        + node.path("neededRuns").asInt() + " clean runs in all"
                        + (node.path("advice").asText().isEmpty()
                                ? ""
                                : ", " + node.path("advice").asText()))
                .orElse("");
        return name + System.lineSeparator() + "    " + shown + counted;
    }
}
