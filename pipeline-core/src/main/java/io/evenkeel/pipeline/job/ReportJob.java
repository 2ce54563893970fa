package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.client.RunFinish;
import io.evenkeel.pipeline.client.RunFinished;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.estimate.json.TimingsJson;
import io.evenkeel.pipeline.host.RepositoryPlaces;
import io.evenkeel.pipeline.plan.StoredPlan;
import io.evenkeel.pipeline.plan.json.PlanJson;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.report.FixedCostMeter;
import io.evenkeel.pipeline.report.MergeOutcome;
import io.evenkeel.pipeline.report.MergeRequest;
import io.evenkeel.pipeline.report.MergeRequest.Reporters;
import io.evenkeel.pipeline.report.RunFiles;
import io.evenkeel.pipeline.report.SpoolFiles;
import io.evenkeel.pipeline.report.TimingsLearner;
import io.evenkeel.pipeline.report.WholeReport;
import io.evenkeel.pipeline.spool.SpoolId;
import io.evenkeel.pipeline.spool.SpoolShipper;
import io.evenkeel.pipeline.summary.Coverage;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.FailureLabel;
import io.evenkeel.pipeline.summary.Gate;
import io.evenkeel.pipeline.summary.MarkdownOptions;
import io.evenkeel.pipeline.summary.PlannedShard;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import io.evenkeel.pipeline.summary.TestName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the results of all executors together: delivers what is left, judges, writes the summary, the merged reports and the timings.
 *
 * <p>One thread.
 */
public final class ReportJob {

    private static final Duration DELIVERY = Duration.ofSeconds(30);

    private final WorkFolder folder;
    private final Optional<CoordinatorClient> coordinator;
    private final InstantSource clock;
    private final People people;

    public ReportJob(WorkFolder folder, Optional<CoordinatorClient> coordinator, InstantSource clock, People people) {
        this.folder = folder;
        this.coordinator = coordinator;
        this.clock = clock;
        this.people = people;
    }

    /**
     * What to report.
     *
     * @param project folder the user types the command in
     * @param runKey the run, empty for the newest in the folder
     * @param reporters who sees the merged run
     * @param gate which failures fail the run
     * @param whole whether merged reports are wanted
     */
    public record Request(Path project, Optional<String> runKey, Reporters reporters, Gate gate, Whole whole) {}

    /** Whether HTML, JUnit and JSON of the whole run are wanted. */
    public enum Whole {
        MERGED,
        SUMMARY_ONLY
    }

    /** The judged run; {@code report} is where the merged reports lie, empty when there are none. */
    public record Result(RunSummary summary, ExitCode.Decision decision, Optional<Path> report) {}

    /**
     * Makes the report.
     *
     * @return empty when the folder holds no results at all
     * @throws IOException when the work folder cannot be read or written
     * @throws InterruptedException when the thread is interrupted
     */
    public Optional<Result> report(Request request) throws IOException, InterruptedException {
        List<RunManifest> manifests = RunManifest.all(folder);
        List<Path> all = SpoolFiles.in(folder.spools().folder());
        Optional<String> run = request.runKey()
                .or(() -> manifests.stream().findFirst().map(RunManifest::runKey))
                .or(() -> all.stream().findFirst().map(spool -> WorkFolder.runOf(SpoolFiles.id(spool))));
        if (run.isEmpty()) {
            return Optional.empty();
        }
        List<Path> spools = all.stream()
                .filter(spool -> WorkFolder.runOf(SpoolFiles.id(spool)).equals(run.get()))
                .toList();
        Optional<RunManifest> manifest =
                manifests.stream().filter(m -> m.runKey().equals(run.get())).findFirst();

        Found found = new Found(run.get(), manifest, spools);
        try (Merging merging = merging(request, found)) {
            deliver(manifests);
            return Optional.of(judge(request, found, merging));
        }
    }

    /** What lies in the work folder of the run to report. */
    private record Found(String run, Optional<RunManifest> manifest, List<Path> spools) {}

    private Result judge(Request request, Found found, Merging merging) throws IOException, InterruptedException {
        Optional<RunManifest> manifest = found.manifest();
        FixedCostMeter meter = new FixedCostMeter();
        RunSummaryBuilder builder = read(found.run(), found.spools(), meter);
        restore(builder, manifest);
        RunSummary unlabelled = builder.build(Map.of());
        ExitCode.Decision before = ExitCode.of(unlabelled, request.gate());
        String suite = manifest.map(m -> m.opening().suite()).orElse("");
        String commit = manifest.map(m -> m.opening().origin().commit())
                .filter(known -> !known.isEmpty())
                .orElse(found.run());
        QuarantineStep quarantine = QuarantineStep.cached(folder, people);
        Optional<Map<String, FailureLabel>> labels = finish(found.run(), unlabelled, before);
        RunSummary summary =
                builder.build(labels.orElseGet(() -> quarantine.list().labels(unlabelled, commit, clock.instant())));
        quarantine.keep(quarantine.list().after(unlabelled, commit));
        if (labels.isPresent()) {
            quarantine.refreshed(coordinator, suite);
        }
        ExitCode.Decision decision = ExitCode.of(summary, request.gate());

        RunFiles.writeSummary(
                folder.root(),
                summary,
                RepositoryPlaces.testFolder(request.project(), summary),
                MarkdownOptions.plain(MarkdownOptions.GITHUB_SUMMARY));
        learn(summary, meter);
        return new Result(summary, decision, merged(request, found, merging, summary));
    }

    private RunSummaryBuilder read(String run, List<Path> spools, FixedCostMeter meter) throws IOException {
        RunSummaryBuilder builder = new RunSummaryBuilder(run);
        plan(run)
                .ifPresent(plan -> builder.plan(plan.shards().stream()
                        .map(share -> new PlannedShard(share.index(), share.load(), share.tests()))
                        .toList()));
        builder.known(names());
        for (Path spool : spools) {
            if (WorkFolder.isHealSpool(SpoolFiles.id(spool))) {
                continue;
            }
            RunSummaryBuilder.Events events = builder.executor(SpoolFiles.id(spool));
            var measured = meter.executor();
            SpoolFiles.read(spool, event -> {
                        events.accept(event);
                        event.event().accept(measured);
                    })
                    .ifPresent(people::warn);
        }
        // Only the last attempt to heal the run counts.
        Optional<Path> heals = spools.stream()
                .filter(spool -> WorkFolder.isHealSpool(SpoolFiles.id(spool)))
                .max(Comparator.<Path>comparingInt(spool -> SpoolFiles.id(spool).length())
                        .thenComparing(Comparator.naturalOrder()));
        if (heals.isPresent()) {
            SpoolFiles.read(heals.get(), event -> event.event().accept(new HealsOnly(builder)))
                    .ifPresent(people::warn);
        }
        return builder;
    }

    /** Asks the coordinator for what no spool here holds: a machine that died may have delivered it. */
    private void restore(RunSummaryBuilder builder, Optional<RunManifest> manifest) {
        if (coordinator.isEmpty() || manifest.isEmpty()) {
            return;
        }
        Set<String> missing = builder.build(Map.of()).coverage().missing().stream()
                .map(test -> test.name().id())
                .collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return;
        }
        RunSummaryBuilder.Events events = builder.executor(manifest.get().runKey() + "_delivered");
        int restored = LostResults.restore(coordinator.get(), manifest.get(), missing, clock.instant(), events::accept);
        if (restored > 0) {
            people.say(restored + " results came from the coordinator: the machine that had them is gone.");
        }
    }

    /** Takes the healing events of a run into its summary. */
    private record HealsOnly(RunSummaryBuilder builder) implements RunEvent.Handler {
        @Override
        public void heal(RunEvent.Heal event) {
            builder.heals(List.of(event.heal()));
        }
    }

    /** Returns the plan of this run; one of another run proves nothing about this one. */
    private Optional<StoredPlan> plan(String run) throws IOException {
        if (!Files.isRegularFile(folder.plan())) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlanJson.read(Files.readString(folder.plan(), StandardCharsets.UTF_8)))
                    .filter(plan -> plan.run().equals(run));
        } catch (IllegalArgumentException e) {
            people.warn(e.getMessage() + " Until then completeness rests on what the executors selected.");
            return Optional.empty();
        }
    }

    private List<TestName> names() throws IOException {
        List<TestName> names = new ArrayList<>();
        timings()
                .sorted()
                .forEach(timing -> names.add(new TestName(
                        timing.test().id(),
                        timing.test().project(),
                        timing.test().file(),
                        timing.test().titles(),
                        0)));
        return names;
    }

    private Timings timings() {
        return TimingsFile.read(folder, people);
    }

    /** Sends what earlier processes could not, of this run and of those before it. */
    private void deliver(List<RunManifest> manifests) throws IOException {
        if (coordinator.isEmpty()) {
            return;
        }
        int left = 0;
        for (RunManifest manifest : manifests) {
            var sink = coordinator.get().eventsAfterTests(manifest.runKey(), manifest.opening());
            left += SpoolShipper.shipAll(
                    folder.spools(),
                    name -> WorkFolder.runOf(name).equals(manifest.runKey()),
                    name -> new SpoolId(name, WorkFolder.shardOf(name), name),
                    sink,
                    DELIVERY,
                    people::warn);
        }
        if (left > 0) {
            people.warn(
                    "The coordinator has not taken all results yet; they are kept, and the next report sends them.");
        }
    }

    /** Tells the coordinator how the run ended, and gets its labels. */
    private Optional<Map<String, FailureLabel>> finish(String run, RunSummary summary, ExitCode.Decision decision) {
        if (coordinator.isEmpty()) {
            return Optional.empty();
        }
        Coverage coverage = summary.coverage();
        List<String> missing =
                coverage.missing().stream().map(test -> test.name().id()).toList();
        RunFinish end = new RunFinish(
                coverage.discovered(),
                coverage.executed(),
                missing,
                decision.code().value());
        return coordinator
                .get()
                .finish(run, end)
                .value()
                .map(RunFinished::labels)
                .map(ReportJob::labels);
    }

    private static Map<String, FailureLabel> labels(Map<String, RunFinished.Label> labels) {
        Map<String, FailureLabel> known = new HashMap<>();
        labels.forEach((id, label) -> {
            for (FailureLabel.Kind kind : FailureLabel.Kind.values()) {
                if (kind.word().equals(label.label())) {
                    known.put(id, new FailureLabel(kind, label.evidence()));
                }
            }
        });
        return known;
    }

    private void learn(RunSummary summary, FixedCostMeter meter) throws IOException {
        Timings learned = TimingsLearner.learn(timings(), summary, meter.measured());
        TimingsJson.write(folder.timings(), learned);
    }

    /** Most of a merge is Playwright's work and needs nothing of ours but the blobs, so it begins before the results are judged. */
    private Merging merging(Request request, Found found) {
        Optional<String> suite = found.manifest().map(m -> m.opening().suite()).filter(s -> !s.isEmpty());
        return request.whole() == Whole.MERGED && suite.isPresent()
                ? Merging.begin(mergeRequest(request, found, suite.get()))
                : Merging.none();
    }

    private MergeRequest mergeRequest(Request request, Found found, String suite) {
        List<Path> blobs = new ArrayList<>();
        Set<String> expected = new HashSet<>();
        for (Path spool : found.spools()) {
            if (WorkFolder.isHealSpool(SpoolFiles.id(spool))) {
                continue;
            }
            Path blob = folder.blobs().resolve(SpoolFiles.id(spool) + ".zip");
            expected.add(SpoolFiles.id(spool));
            if (Files.isRegularFile(blob)) {
                blobs.add(blob);
            }
        }
        MergeRequest.Command usual = MergeRequest.Command.usual(request.project());
        return new MergeRequest(
                blobs,
                expected,
                new MergeRequest.Project(request.project(), request.project().resolve(suite)),
                new MergeRequest.Command(usual.words(), request.reporters(), usual.limit()),
                folder.report());
    }

    private Optional<Path> merged(Request request, Found found, Merging merging, RunSummary summary)
            throws IOException, InterruptedException {
        if (request.whole() != Whole.MERGED) {
            return Optional.empty();
        }
        Optional<MergeOutcome> begun = merging.outcome();
        // Shards without Java leave no manifest; their spools say which suite it was.
        MergeOutcome outcome = begun.isPresent()
                ? begun.get()
                : WholeReport.merge(mergeRequest(request, found, summary.facts().suite()));
        Optional<Path> report = outcome.match(
                merged -> {
                    merged.notes().forEach(people::warn);
                    return Optional.of(merged.folder());
                },
                not -> {
                    not.notes().forEach(people::warn);
                    people.warn("There is no merged report: " + not.reason());
                    return Optional.empty();
                });
        if (report.isPresent()) {
            RunFiles.writeCtrf(report.get().resolve("ctrf.json"), summary, clock.instant());
        }
        return report;
    }
}
