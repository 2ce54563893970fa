package io.evenkeel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.healing.Destructive;
import io.evenkeel.healing.Heal;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.pipeline.client.HealDecided;
import io.evenkeel.pipeline.fix.FixBranch;
import io.evenkeel.pipeline.fix.FixOutcome;
import io.evenkeel.pipeline.fix.FixRequests;
import io.evenkeel.pipeline.fix.FixRequests.Fate;
import io.evenkeel.pipeline.fix.FixRequests.Rules;
import io.evenkeel.pipeline.fix.FixSettings;
import io.evenkeel.pipeline.fix.GitCredentials;
import io.evenkeel.pipeline.fix.ProvenHeal;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.fix.PullRequests.Readiness;
import io.evenkeel.pipeline.heal.CaseFolder;
import io.evenkeel.pipeline.heal.HealLimits;
import io.evenkeel.pipeline.heal.HealResult;
import io.evenkeel.pipeline.job.HealingJob;
import io.evenkeel.pipeline.job.JobContext;
import io.evenkeel.pipeline.protocol.HealJson;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            return explain(Path.of(folder.get()));
        }
        AiEnvironment ai = new AiEnvironment(program.settings());
        try (RunOptions.Session session = options.session(program)) {
            HealingJob job = new HealingJob(session.context(), options.directory());
            if (pullRequests) {
                follow(job, session.context());
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
            result.results().forEach(this::show);
            count(result.results());
            if (json) {
                print(result.results());
            }
            if (pullRequests) {
                return propose(result, job, session.context());
            }
            return push ? push(result.results()) : ExitCodes.PASSED;
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

    private HealLimits limits() {
        int together = atOnce.orElseGet(() -> Math.min(Runtime.getRuntime().availableProcessors(), MOST_AT_ONCE));
        return new HealLimits(Duration.ofSeconds(budget), Duration.ofSeconds(totalBudget), redesignAbove, together);
    }

    private int explain(Path folder) throws IOException {
        CaseFolder failure = new CaseFolder(folder);
        if (!failure.exists()) {
            throw new UsageException("The folder (" + folder + ") given to --explain holds no " + CaseFolder.ENTRY
                    + ". Save the test's entry of Playwright's JSON report there, with its trace.zip.");
        }
        HealingOutcome outcome = new Healer(names()).diagnose(failure.read());
        Terminal terminal = program.terminal();
        terminal.line(Style.BOLD, outcome.word());
        outcome.diagnosis().explanation().forEach(line -> terminal.line("  · " + line));
        heals(outcome)
                .forEach(heal -> terminal.line(String.format(
                        Locale.ROOT,
                        "  %s   confidence %.2f, %s",
                        heal.locator(),
                        heal.confidence(),
                        heal.tier().name().toLowerCase(Locale.ROOT))));
        if (json) {
            ObjectNode event = new ObjectMapper().createObjectNode();
            event.put("outcome", outcome.word());
            ArrayNode lines = event.putArray("explanation");
            outcome.diagnosis().explanation().forEach(lines::add);
            ArrayNode heals = event.putArray("heals");
            heals(outcome)
                    .forEach(heal -> heals.addObject()
                            .put("locator", heal.locator())
                            .put("element", heal.element())
                            .put("confidence", heal.confidence())
                            .put("tier", heal.tier().name().toLowerCase(Locale.ROOT)));
            program.out().println(event.toPrettyString());
        }
        return ExitCodes.PASSED;
    }

    private static List<Heal> heals(HealingOutcome outcome) {
        return outcome.match(
                healed -> List.of(healed.heal()),
                ambiguous -> ambiguous.choices(),
                notFound -> List.of(),
                refused -> List.of(),
                unsupported -> List.of());
    }

    private void show(HealResult result) {
        Terminal terminal = program.terminal();
        var event = result.event();
        String place = event.subject().file() + ":" + event.subject().line();
        if (result.healed()) {
            String mark = result.verified() ? "healed" : "suggestion";
            terminal.line(terminal.styled(result.verified() ? Style.GREEN : Style.YELLOW, mark) + "  "
                    + event.locator().original() + " → "
                    + event.locator().healed().orElse("")
                    + String.format(
                            Locale.ROOT,
                            "   confidence %.2f, mostly %s, %s",
                            event.decision().confidence(),
                            event.locator().strategy(),
                            event.decision().tier()));
        } else {
            terminal.line(terminal.styled(Style.RED, "refused") + "  "
                    + event.subject().cause()
                    + (event.locator().original().isEmpty()
                            ? ""
                            : "  " + event.locator().original()));
        }
        if (!event.subject().file().isEmpty()) {
            terminal.line(Style.DIM, "        " + place);
        }
        terminal.line("        " + event.decision().reason());
        result.tests().forEach(test -> terminal.line(Style.DIM, "        " + test));
        if (explain.isPresent()) {
            result.explanation().forEach(line -> terminal.line("          · " + line));
        }
    }

    private void count(List<HealResult> results) {
        long healed = results.stream().filter(HealResult::healed).count();
        long verified = results.stream().filter(HealResult::verified).count();
        program.terminal()
                .line(
                        Style.BOLD,
                        "healed " + healed + " verified " + verified + " refused " + (results.size() - healed));
    }

    private int push(List<HealResult> results) {
        List<ProvenHeal> proven = new ArrayList<>();
        results.forEach(result -> result.forBranch().ifPresent(proven::add));
        if (proven.isEmpty()) {
            program.terminal()
                    .line(
                            "Nothing is pushed: no repair is both proven and sure. Suggestions lie in .evenkeel/heal for you to decide.");
            return ExitCodes.PASSED;
        }
        FixOutcome outcome = new FixBranch(FixSettings.standard(credentials()))
                .publish(options.directory(), proven, Clock.systemUTC().instant());
        program.terminal().line(outcome.message());
        return outcome.match(
                pushed -> ExitCodes.PASSED,
                there -> ExitCodes.PASSED,
                notPushed -> ExitCodes.INFRASTRUCTURE,
                notMade -> ExitCodes.INFRASTRUCTURE);
    }

    /** What people decided on earlier repairs makes this run more or less careful, so it is asked for first. */
    private void follow(HealingJob job, JobContext context) {
        Optional<PullRequests> pulls = Forge.around(program, context.folder()).flatMap(Forge::pullRequests);
        if (pulls.isEmpty()) {
            return;
        }
        try {
            int decided = job.follow(pulls.get());
            if (decided > 0) {
                program.terminal()
                        .line(decided + (decided == 1 ? " earlier repair was" : " earlier repairs were")
                                + " merged or closed on the forge; the coordinator knows it now.");
            }
        } catch (IOException e) {
            program.terminal().line(Style.YELLOW, "! The pull requests cannot be listed: " + e.getMessage());
        }
    }

    /** Proposes what is proven and sure, and records what people have rejected before. */
    private int propose(HealingJob.Result healed, HealingJob job, JobContext context) throws IOException {
        Map<ProvenHeal, HealResult> proven = new LinkedHashMap<>();
        healed.results().forEach(result -> result.forBranch().ifPresent(heal -> proven.put(heal, result)));
        if (proven.isEmpty()) {
            program.terminal().line("No pull request is needed: no repair is both proven and sure.");
            return ExitCodes.PASSED;
        }
        Optional<PullRequests> pulls = Forge.around(program, context.folder()).flatMap(Forge::pullRequests);
        if (pulls.isEmpty()) {
            program.terminal()
                    .line(
                            Style.YELLOW,
                            "! No pull request is opened: this is no GitHub or GitLab job with a token and a branch of its own (a fork has none). The patches are in .evenkeel/heal.");
            return ExitCodes.PASSED;
        }
        List<String> branches = on.isEmpty() ? listed("EVENKEEL_HEAL_ON") : on;
        FixRequests requests = new FixRequests(
                FixSettings.standard(credentials()),
                new Rules(branches, mostOpen, ready ? Readiness.READY : Readiness.DRAFT));
        List<FixRequests.Result> results = requests.publish(
                options.directory(),
                List.copyOf(proven.keySet()),
                pulls.get(),
                Clock.systemUTC().instant());
        boolean failed = false;
        for (FixRequests.Result result : results) {
            failed |= result.fate() == Fate.FAILED;
            program.terminal()
                    .line(result.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "  "
                            + result.heal().event().locator().original() + "  " + result.line());
        }
        results.forEach(result -> tell(job, proven.get(result.heal()), result));
        Map<HealResult, String> rejected = new LinkedHashMap<>();
        results.stream()
                .filter(result -> result.fate() == Fate.REJECTED)
                .forEach(result -> rejected.put(proven.get(result.heal()), result.line()));
        if (!rejected.isEmpty()) {
            job.reject(healed, rejected);
        }
        return failed ? ExitCodes.INFRASTRUCTURE : ExitCodes.PASSED;
    }

    /** Tells the coordinator what the forge says, so that its review page shows it and rejected repairs stay rejected. */
    private static void tell(HealingJob job, @Nullable HealResult proposed, FixRequests.Result result) {
        if (proposed == null) {
            return;
        }
        switch (result.fate()) {
            case OPENED, UPDATED, UNCHANGED -> job.tell(proposed, new HealDecided("open", "", "", result.line()));
            case REJECTED -> job.tell(proposed, new HealDecided("rejected", "", result.line(), ""));
            default -> {
                // nothing was decided
            }
        }
    }

    private GitCredentials credentials() {
        return program.settings()
                .value("EVENKEEL_GIT_TOKEN")
                .map(token -> new GitCredentials(
                        program.settings().value("EVENKEEL_GIT_USER").orElse("x-access-token"), Secret.of(token)))
                .orElseGet(GitCredentials::none);
    }

    private void print(List<HealResult> results) {
        ArrayNode events = new ObjectMapper().createArrayNode();
        results.forEach(result -> events.add(HealJson.write(result.event())));
        program.out().println(events.toPrettyString());
    }
}
