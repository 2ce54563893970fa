package io.evenkeel.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.healing.Destructive;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.Learner;
import io.evenkeel.healing.Models;
import io.evenkeel.healing.json.ReferenceJson;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.pipeline.ai.AiSettings;
import io.evenkeel.pipeline.ai.ModelAdviser;
import io.evenkeel.pipeline.client.CoordinatorClient;
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
import io.evenkeel.pipeline.heal.RedesignReport;
import io.evenkeel.pipeline.heal.RunRecord;
import io.evenkeel.pipeline.heal.SourcePlaces;
import io.evenkeel.pipeline.job.LocalJob.Problem;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.HealJson;
import io.evenkeel.pipeline.release.GitRelease;
import io.evenkeel.pipeline.report.SpoolFiles;
import io.evenkeel.pipeline.spool.SpoolAppender;
import io.evenkeel.pipeline.spool.SpoolId;
import io.evenkeel.pipeline.spool.SpoolShipper;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Learns references from the passing tests of a run, and heals the failed ones.
 *
 * <p>One thread.
 */
public final class HealingJob {

    private static final Duration DELIVERY = Duration.ofSeconds(5);

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
     */
    public record Care(Destructive destructive, Optional<AiSettings> ai) {}

    /** What came of it; {@code problem} says why nothing was tried. */
    public record Result(String runKey, List<HealResult> results, Optional<Problem> problem) {

        public Result {
            results = List.copyOf(results);
        }

        private static Result problem(int exitCode, String message) {
            return new Result("", List.of(), Optional.of(new Problem(exitCode, message)));
        }
    }

    /** Counts of a lesson: traces read, references known now, traces that could not be read. */
    public record Learned(int traces, int references, int unreadable) {}

    /**
     * Adds what the passing tests of a run acted on to {@code references.json}.
     *
     * @return empty when the folder holds no run
     * @throws IOException when the work folder cannot be read or written
     */
    public Optional<Learned> learn(Optional<String> runKey) throws IOException {
        Optional<RunManifest> run = manifest(runKey);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        SourcePlaces places = places(run.get());
        List<Reference> references = new ArrayList<>();
        int traces = 0;
        int unreadable = 0;
        for (RunRecord.Ended test : record(run.get()).passedWithTrace()) {
            Path trace = test.trace().filter(Files::isReadable).orElse(null);
            if (trace == null) {
                unreadable++;
                continue;
            }
            try {
                for (Reference reference : new Learner("").learn(TraceFile.at(trace))) {
                    references.add(inProject(reference, places));
                }
                traces++;
            } catch (TraceUnreadableException e) {
                unreadable++;
                context.people().warn(test.title() + ": " + e.getMessage());
            }
        }
        ReferenceBook book = references().with(references);
        WorkFolder.write(context.folder().references(), ReferenceJson.write(book));
        WorkFolder.write(
                context.folder().learned(),
                new ObjectMapper()
                                .createObjectNode()
                                .put("v", 1)
                                .put("run", run.get().runKey())
                                .put("commit", run.get().opening().origin().commit())
                                .toPrettyString()
                        + "\n");
        return Optional.of(new Learned(traces, book.references().size(), unreadable));
    }

    private Reference inProject(Reference reference, SourcePlaces places) {
        CallSite site = reference.site();
        CallSite here =
                new CallSite(places.inProject(site.file()), site.line(), site.column()).relativeTo(places.project());
        return new Reference(here, reference.locator(), reference.action(), reference.element(), reference.page());
    }

    private ReferenceBook references() throws IOException {
        return ReferencesFile.read(context.folder(), context.people());
    }

    /**
     * Heals the failed tests of a run: diagnosis, proof, record. Nothing of the project is changed.
     *
     * @throws IOException when the work folder cannot be read or written
     */
    public Result heal(Request request) throws IOException {
        Optional<RunManifest> run = manifest(request.runKey());
        if (run.isEmpty()) {
            return Result.problem(
                    2, "There is no run in " + context.folder().root() + " to heal. Run evenkeel local or run first.");
        }
        RunRecord record = record(run.get());
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
        write(run.get(), results);
        writeRedesign(results, request.limits());
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
        Optional<RunManifest> run = manifest(Optional.of(healed.runKey()));
        if (run.isPresent()) {
            write(
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
                    new HealJob.Memory(references(), past.decisions()),
                    places(past.run())));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The sources in " + project + " cannot be read.", e);
        }
    }

    private Healer healer(Care care, PastDecisions decisions) {
        Models models = Models.shipped().with(decisions.tuning());
        return new Healer(
                care.ai()
                        .map(settings -> models.with(new ModelAdviser(
                                settings, context.folder().root().resolve("ai"))))
                        .orElse(models),
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

    private Optional<RunManifest> manifest(Optional<String> runKey) throws IOException {
        return RunManifest.all(context.folder()).stream()
                .filter(run -> runKey.map(run.runKey()::equals).orElse(true))
                .findFirst();
    }

    private RunRecord record(RunManifest run) throws IOException {
        return RunRecord.read(SpoolFiles.in(context.folder().spools().folder()).stream()
                .filter(spool -> WorkFolder.runOf(SpoolFiles.id(spool)).equals(run.runKey()))
                .filter(spool -> !WorkFolder.isHealSpool(SpoolFiles.id(spool)))
                .toList());
    }

    private SourcePlaces places(RunManifest run) throws IOException {
        return run.places(project);
    }

    /** Keeps the record of this attempt: patches and events as files, events for the coordinator. */
    private void write(RunManifest run, List<HealResult> results) throws IOException {
        Path folder = context.folder().heal();
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old :
                    files.filter(file -> file.toString().endsWith(".patch")).toList()) {
                Files.delete(old);
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode events = mapper.createArrayNode();
        int number = 0;
        for (HealResult result : results) {
            ObjectNode event = HealJson.write(result.event());
            result.tests().forEach(event.putArray("tests")::add);
            result.explanation().forEach(event.putArray("explanation")::add);
            events.add(event);
            if (result.event().patch().isPresent() && result.healed()) {
                number++;
                WorkFolder.write(
                        folder.resolve(number + ".patch"),
                        result.event().patch().get());
            }
        }
        WorkFolder.write(folder.resolve("heals.json"), events.toPrettyString() + "\n");
        spool(run, results);
    }

    private void writeRedesign(List<HealResult> results, HealLimits limits) throws IOException {
        Path file = context.folder().heal().resolve("redesign.md");
        Optional<String> report = RedesignReport.of(results, limits.redesign());
        if (report.isPresent()) {
            WorkFolder.write(file, report.get());
            context.people().say("The report of the redesign: " + file);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private void spool(RunManifest run, List<HealResult> results) throws IOException {
        int attempt = 1;
        while (Files.exists(context.folder().spools().file(WorkFolder.healSpool(run.runKey(), attempt)))) {
            attempt++;
        }
        SpoolId id = WorkFolder.healSpool(run.runKey(), attempt);
        Path spool = Files.createFile(context.folder().spools().file(id));
        SpoolAppender appender = new SpoolAppender(spool);
        for (HealResult result : results) {
            appender.append(seq -> EventJson.heal(seq, context.machine().clock().instant(), result.event()));
        }
        Optional<CoordinatorClient> coordinator = context.coordinator();
        if (coordinator.isPresent()) {
            SpoolShipper.shipAll(
                    context.folder().spools(),
                    id.name()::equals,
                    name -> id,
                    coordinator.get().eventsAfterTests(run.runKey(), run.opening()),
                    DELIVERY,
                    context.people()::warn);
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
