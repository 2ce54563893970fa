package io.evenkeel.cli;

import io.evenkeel.cli.ExplainedCase.Form;
import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.healing.Destructive;
import io.evenkeel.pipeline.fix.FixRequests.Rules;
import io.evenkeel.pipeline.fix.PullRequests.Readiness;
import io.evenkeel.pipeline.heal.HealLimits;
import io.evenkeel.pipeline.job.HealingJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel heal}. */
@Command(
        name = "heal",
        description = {
            "Repairs the broken locators of a run, and proves each repair.",
            "",
            "A failed test is run again without the repair (it must fail), then twice with it (it must pass), with the other tests that use the same locator. Assertions, waits and skips are never touched. Nothing in your working copy changes; patches lie in .evenkeel/heal."
        },
        footer = {
            "",
            "Credentials for --push: those in the remote's address, or EVENKEEL_GIT_TOKEN (with EVENKEEL_GIT_USER).",
            "In doubt a language model is asked if EVENKEEL_AI_MODEL names one: on an Ollama server (EVENKEEL_AI_URL, default http://127.0.0.1:11434), or with EVENKEEL_AI_SERVICE=anthropic or openai and EVENKEEL_AI_KEY.",
            "Where it says nothing, or without it, texts are compared by their meaning (English) if EVENKEEL_AI_EMBEDDINGS names evenkeel-embeddings.jar of the same release.",
            "Exit code: 0 when the failures were looked at, whatever came of it; 3 when they could not be.",
            "",
            "Example:",
            "  evenkeel heal --push"
        })
final class HealCommand implements Callable<Integer> {

    /** What {@code --explain} stands for without a folder; no folder has this name. */
    private static final String RUN = "\0";

    /** More browsers at once than this gain little, and disturb each other on a machine that CI has packed full. */
    private static final int MOST_AT_ONCE = 4;

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--run", paramLabel = "<key>", description = "Run to heal. Default: the newest in the folder.")
    private Optional<String> run = Optional.empty();

    @Option(
            names = "--push",
            description =
                    "Commit what is proven and sure to a branch evenkeel/heal-…, one commit for each cause, and push it to origin.")
    private boolean push;

    @Option(
            names = "--pull-requests",
            description =
                    "On GitHub and GitLab: open or update one pull request for each cause, from a branch evenkeel/heal-… with one commit. Closing one rejects the repair for good.")
    private boolean pullRequests;

    @Option(
            names = "--on",
            split = ",",
            paramLabel = "<branch>",
            description =
                    "Branches that take pull requests, * for any characters. Default: EVENKEEL_HEAL_ON, else every branch.")
    private List<String> on = new ArrayList<>();

    @Option(
            names = "--most-open",
            paramLabel = "<n>",
            defaultValue = "5",
            description = "How many pull requests of ours may be open at once. Default: ${DEFAULT-VALUE}.")
    private int mostOpen;

    @Option(names = "--ready", description = "Open pull requests ready for review, not as drafts.")
    private boolean ready;

    @Option(
            names = "--budget",
            paramLabel = "<seconds>",
            defaultValue = "300",
            description = "How long the proof of one repair may take. Default: ${DEFAULT-VALUE}.")
    private int budget;

    @Option(
            names = "--total-budget",
            paramLabel = "<seconds>",
            defaultValue = "1800",
            description =
                    "How long the proofs of all repairs may take together; what is left over stays a suggestion. Default: ${DEFAULT-VALUE}.")
    private int totalBudget;

    @Option(
            names = "--at-once",
            paramLabel = "<n>",
            description =
                    "How many repairs are proven at the same time, each in a copy of its own; a web server on a fixed port makes it 1. Default: one for each processor, at most 4.")
    private Optional<Integer> atOnce = Optional.empty();

    @Option(
            names = "--redesign-above",
            paramLabel = "<n>",
            defaultValue = "25",
            description =
                    "More broken locators than this are a redesign: they are reported, none is repaired. Default: ${DEFAULT-VALUE}.")
    private int redesignAbove;

    @Option(
            names = "--destructive",
            split = ",",
            paramLabel = "<name>",
            description =
                    "More names of elements that delete, pay or the like, beside the shipped English ones: a repair on them is a suggestion at most. Default: EVENKEEL_HEAL_DESTRUCTIVE.")
    private List<String> destructive = new ArrayList<>();

    @Option(
            names = "--good",
            paramLabel = "<commit>",
            description =
                    "Last good release. A new locator is also tried there, where the configuration starts the server: it must find the element of the passing run, or nothing. Default: the commit that evenkeel learn learned from.")
    private Optional<String> good = Optional.empty();

    @Option(
            names = "--explain",
            arity = "0..1",
            paramLabel = "<case folder>",
            fallbackValue = RUN,
            description = {
                "Show every step of each decision, refusals included.",
                "With a folder that holds report-entry.json (and trace.zip, error-context.md, references.json): explain that one failure, without a run and without proof."
            })
    private Optional<String> explain = Optional.empty();

    @Option(names = "--json", description = "Print the healing events on standard output.")
    private boolean json;

    HealCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        if (budget < 1) {
            throw new UsageException("--budget (" + budget + ") must be at least 1 second.");
        }
        if (totalBudget < 1) {
            throw new UsageException("--total-budget (" + totalBudget + ") must be at least 1 second.");
        }
        if (redesignAbove < 0) {
            throw new UsageException("--redesign-above (" + redesignAbove + ") must not be negative.");
        }
        if (atOnce.orElse(1) < 1) {
            throw new UsageException("--at-once (" + atOnce.get() + ") must be at least 1.");
        }
        Optional<String> folder = explain.filter(value -> !value.equals(RUN));
        if (folder.isPresent()) {
            return new ExplainedCase(program, names())
                    .explain(Path.of(folder.get()), json ? Form.LINES_AND_JSON : Form.LINES);
        }
        AiEnvironment ai = new AiEnvironment(program.settings());
        try (RunOptions.Session session = options.session(program)) {
            HealingJob job = new HealingJob(session.context(), options.directory());
            HealPublication publication = new HealPublication(program, options.directory(), job, session.context());
            if (pullRequests) {
                publication.follow();
            }
            HealingJob.Result result = job.heal(new HealingJob.Request(
                    run, options.words(), limits(), good, new HealingJob.Care(names(), ai.read(), ai.embeddings())));
            if (result.problem().isPresent()) {
                program.terminal()
                        .line(Style.RED, "evenkeel: " + result.problem().get().message());
                return result.problem().get().exitCode();
            }
            if (result.results().isEmpty()) {
                program.terminal().line("No test failed in run " + result.runKey() + ": nothing to heal.");
                return ExitCodes.PASSED;
            }
            HealPrinter printer = new HealPrinter(program);
            printer.show(
                    result.results(), explain.isPresent() ? HealPrinter.Detail.STEPS : HealPrinter.Detail.DECISIONS);
            if (json) {
                printer.print(result.results());
            }
            if (pullRequests) {
                return publication.propose(result, rules());
            }
            return push ? publication.push(result.results()) : ExitCodes.PASSED;
        }
    }

    private Destructive names() {
        return Destructive.SHIPPED.with(destructive.isEmpty() ? listed("EVENKEEL_HEAL_DESTRUCTIVE") : destructive);
    }

    private List<String> listed(String variable) {
        return program.settings()
                .value(variable)
                .map(names -> List.of(names.split("\\s*,\\s*")))
                .orElseGet(List::of);
    }

    private Rules rules() {
        List<String> branches = on.isEmpty() ? listed("EVENKEEL_HEAL_ON") : on;
        return new Rules(branches, mostOpen, ready ? Readiness.READY : Readiness.DRAFT);
    }

    private HealLimits limits() {
        int together = atOnce.orElseGet(() -> Math.min(Runtime.getRuntime().availableProcessors(), MOST_AT_ONCE));
        return new HealLimits(Duration.ofSeconds(budget), Duration.ofSeconds(totalBudget), redesignAbove, together);
    }
}
