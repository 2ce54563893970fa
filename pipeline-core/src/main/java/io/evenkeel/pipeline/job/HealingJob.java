package io.evenkeel.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.Destructive;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.Models;
import io.evenkeel.pipeline.ai.AiSettings;
import io.evenkeel.pipeline.ai.EmbeddingsJar;
import io.evenkeel.pipeline.ai.ModelAdviser;
import io.evenkeel.pipeline.client.HealDecided;
import io.evenkeel.pipeline.discover.DiscoveryOutcome;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.fix.FixBranch;
import io.evenkeel.pipeline.fix.PullRequests;
import io.evenkeel.pipeline.heal.HealJob;
import io.evenkeel.pipeline.heal.HealLimits;
import io.evenkeel.pipeline.heal.HealResult;
import io.evenkeel.pipeline.heal.PastDecisions;
import io.evenkeel.pipeline.heal.ProjectSources;
import io.evenkeel.pipeline.heal.RunRecord;
import io.evenkeel.pipeline.job.LocalJob.Problem;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.release.GitRelease;
import io.evenkeel.pipeline.verify.AgentTestRunner;
import io.evenkeel.pipeline.verify.GoodRelease;
import io.evenkeel.pipeline.verify.ProjectRoot;
import io.evenkeel.pipeline.verify.VerificationJob;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import io.evenkeel.pipeline.verify.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Heals the failed tests of a run: prepares the diagnosis and the proof, and tells the coordinator what people decide.
 *
 * <p>One thread.
 */
public final class HealingJob {

    private final JobContext context;
    private final Path project;

    /**
     * @param project folder the user types the command in
     */
    public HealingJob(JobContext context, Path project) {
        this.context = context;
        this.project = project;
    }

    /**
     * What to heal.
     *
     * @param runKey the run, empty for the newest in the folder
     * @param command the user's own; empty for that of the run
     * @param limits times and number of repairs
     * @param good commit of the last good release; empty for that of the run that was learned from
     * @param care what is done with elements that matter, and who is asked in doubt
     */
    public record Request(
            Optional<String> runKey, List<String> command, HealLimits limits, Optional<String> good, Care care) {}

    /**
     * How careful the diagnosis is.
     *
     * @param destructive names of elements on which a repair is a suggestion at most
     * @param ai a language model to ask in doubt; empty for none
     * @param embeddings asked where that one says nothing; empty for none
     */
    public record Care(Destructive destructive, Optional<AiSettings> ai, Optional<EmbeddingsJar> embeddings) {}

    /** What came of it; {@code problem} says why nothing was tried. */
    public record Result(String runKey, List<HealResult> results, Optional<Problem> problem) {

        public Result {
            results = List.copyOf(results);
        }

        private static Result problem(int exitCode, String message) {
            return new Result("", List.of(), Optional.of(new Problem(exitCode, message)));
        }
    }

    /**
     * Heals the failed tests of a run: diagnosis, proof, record. Nothing of the project is changed.
     *
     * @throws IOException when the work folder cannot be read or written
     */
    public Result heal(Request request) throws IOException {
        Optional<RunManifest> run = RunManifest.find(context.folder(), request.runKey());
        if (run.isEmpty()) {
            return Result.problem(
                    2, "There is no run in " + context.folder().root() + " to heal. Run evenkeel local or run first.");
        }
        RunRecord record = run.get().record(context.folder());
        if (record.failed().isEmpty()) {
            return new Result(run.get().runKey(), List.of(), Optional.empty());
        }
        List<String> words = request.command().isEmpty() ? run.get().command() : request.command();
        RunCommand command = new RunCommand(words, project, Map.of());
        PlanJob planning = new PlanJob(context);
        DiscoveryOutcome discovered =
                request.limits().atOnce() > 1 ? planning.discoverWithPorts(command) : planning.discover(command);
        Optional<Result> problem = discovered.match(
                found -> Optional.empty(),
                failed -> Optional.of(Result.problem(failed.problem().exitCode(), failed.message())));
        if (problem.isPresent()) {
            return problem.get();
        }
        Path root = ProjectRoot.around(project.toRealPath());
        GoodRelease good = discovered.match(
                found -> good(found.suite(), root, request.good()), failed -> GoodRelease.none("there is no suite"));
        PastDecisions decisions = context.coordinator()
                .flatMap(coordinator -> coordinator.healingProposals().value())
                .map(PastDecisions::read)
                .orElse(PastDecisions.NONE);
        HealJob job = new HealJob(
                healer(request.care(), decisions)::diagnose,
                (verification, budget) -> verify(verification, new Verification(command, root, good), budget),
                limits(request.limits(), discovered),
                System::nanoTime,
                context.people()::say);
        List<HealResult> results = discovered.match(
                found -> heal(job, record, found, new Past(run.get(), decisions)), failed -> List.<HealResult>of());
        HealArchive archive = new HealArchive(context);
        archive.keep(run.get(), results);
        archive.keepRedesign(results, request.limits());
        return new Result(run.get().runKey(), results, Optional.empty());
    }

    /**
     * Records that people have rejected repairs before: they become refusals, here and at the coordinator.
     *
     * @param healed what {@link #heal} gave
     * @param rejected the results concerned, and why
     * @throws IOException when the work folder cannot be written
     */
    public void reject(Result healed, Map<HealResult, String> rejected) throws IOException {
        Optional<RunManifest> run = RunManifest.find(context.folder(), Optional.of(healed.runKey()));
        if (run.isPresent()) {
            new HealArchive(context)
                    .keep(
                            run.get(),
                            healed.results().stream()
                                    .map(result -> Optional.ofNullable(rejected.get(result))
                                            .map(result::rejected)
                                            .orElse(result))
                                    .toList());
        }
    }

    /**
     * Tells the coordinator what people did with pull requests of earlier runs, also when nothing is to be healed today: a merged repair
     * heals its own test.
     *
     * @return how many proposals were decided
     * @throws IOException when the forge refuses or cannot be reached
     */
    public int follow(PullRequests pulls) throws IOException {
        Optional<String> proposals =
                context.coordinator().flatMap(known -> known.healingProposals().value());
        if (proposals.isEmpty()) {
            return 0;
        }
        int decided = 0;
        for (FollowUp news : FollowUp.of(proposals.get(), pulls.from(FixBranch.PREFIX))) {
            var answer = context.coordinator().get().decideHealing(news.change(), news.decided());
            decided += answer.value().isPresent() ? 1 : 0;
        }
        return decided;
    }

    /** Tells the coordinator what became of a proposal on the forge; it knows the proposal from the healing events. */
    public void tell(HealResult proposed, HealDecided decided) {
        var event = proposed.event();
        Optional<String> healed = event.locator().healed();
        if (context.coordinator().isPresent() && healed.isPresent()) {
            context.coordinator()
                    .get()
                    .decideHealing(
                            new HealDecided.Change(
                                    event.subject().file(), event.locator().original(), healed.get()),
                            decided);
        }
    }

    /** The run that failed, and what was decided before it. */
    private record Past(RunManifest run, PastDecisions decisions) {}

    private List<HealResult> heal(HealJob job, RunRecord record, DiscoveryOutcome.Found found, Past past) {
        try {
            return job.heal(new HealJob.Request(
                    record,
                    found.suite(),
                    ProjectSources.in(project),
                    new HealJob.Memory(ReferencesFile.read(context.folder(), context.people()), past.decisions()),
                    past.run().places(project)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The sources in " + project + " cannot be read.", e);
        }
    }

    private Healer healer(Care care, PastDecisions decisions) {
        Models models = Models.shipped().with(decisions.tuning());
        Models advised = care.ai()
                .map(settings -> models.with(
                        new ModelAdviser(settings, context.folder().root().resolve("ai"))))
                .orElse(models);
        return new Healer(
                care.embeddings()
                        .map(jar -> advised.with(jar.adviser(context.people()::warn)))
                        .orElse(advised),
                care.destructive());
    }

    /** How repairs are proven. */
    private record Verification(RunCommand command, Path root, GoodRelease good) {}

    /** Two copies of a project cannot run at once when each starts a server on the same port. */
    private HealLimits limits(HealLimits asked, DiscoveryOutcome discovered) {
        boolean once = asked.atOnce() > 1
                && discovered.match(
                        found -> found.suite().webServers().stream()
                                .anyMatch(server -> server.fixedPort().isPresent()),
                        failed -> false);
        if (once) {
            context.people()
                    .say(
                            "The web server of the configuration uses a fixed port: repairs are proven one after the other.");
        }
        return once ? asked.oneByOne() : asked;
    }

    /** Returns the release that the references were learned on, if it can be run here. */
    private GoodRelease good(Suite suite, Path root, Optional<String> named) {
        if (suite.webServers().isEmpty()) {
            return GoodRelease.none(
                    "the configuration starts no server (webServer), so an older release cannot be run");
        }
        String commit = named.orElseGet(this::learnedCommit);
        return commit.isEmpty()
                ? GoodRelease.none(
                        "the commit of the last good release is not known (run evenkeel learn in a git checkout, or name it with --good)")
                : new GitRelease(root, commit);
    }

    private String learnedCommit() {
        try {
            return new ObjectMapper()
                    .readTree(Files.readString(context.folder().learned(), StandardCharsets.UTF_8))
                    .path("commit")
                    .asText("");
        } catch (IOException e) {
            return "";
        }
    }

    private VerificationOutcome verify(VerificationJob job, Verification how, Duration budget) {
        AgentTestRunner runner = new AgentTestRunner(
                how.command(),
                how.root(),
                context.machine().environment(),
                context.machine().clock(),
                context.people()::warn);
        try {
            Verifier.ProjectPlace place = new Verifier.ProjectPlace(
                    how.root(), project.toRealPath(), Path.of(System.getProperty("java.io.tmpdir")));
            Path kept = context.folder()
                    .heal()
                    .resolve("runs")
                    .resolve(Integer.toHexString(job.patches().hashCode()));
            deleteTree(kept);
            return new Verifier(runner, place, how.good(), System::nanoTime).verify(job, kept, budget);
        } catch (IOException e) {
            return new VerificationOutcome.CannotRun("The project folder cannot be read: " + e.getMessage(), List.of());
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
