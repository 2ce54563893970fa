package io.evenkeel.pipeline.heal;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.healing.Diagnosis;
import io.evenkeel.healing.FailureEvidence;
import io.evenkeel.healing.Heal;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.classify.Classification;
import io.evenkeel.healing.classify.FailureClass;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.patch.PatchOutcome;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteConfig;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.Lane;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.verify.BrokenTest;
import io.evenkeel.pipeline.verify.Proof;
import io.evenkeel.pipeline.verify.Proof.Check;
import io.evenkeel.pipeline.verify.Proof.LaterFailure;
import io.evenkeel.pipeline.verify.TestRun;
import io.evenkeel.pipeline.verify.VerificationJob;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project with a locator in each of four lines, healed over diagnoses and proofs that a test gives. One thread. */
final class HealedProject {

    /** An answer of the coordinator: the repair of the second line is in a state, that of the first was another one. */
    static final String PROPOSALS = """
            {"v":1,"proposals":[
              {"file":"page.ts","originalSelector":"find('l1')","healedSelector":"find('new1')","state":"%s","strategy":"text content",
               "decisions":[{"state":"open","by":""},{"state":"rejected","by":"ann","reason":"wrong button","at":"2026-01-05T10:00:00Z"}]},
              {"file":"page.ts","originalSelector":"find('l0')","healedSelector":"find('x')","state":"proposed","decisions":[]}]}""";

    static final String SOURCE = "find('l0')\nfind('l1')\nfind('l2')\nfind('l3')\n";

    private final Path project;
    private long ticks;
    private final List<VerificationJob> proven = new ArrayList<>();
    private final List<Duration> budgets = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private List<Check> checks = List.of();
    private Tier tier = Tier.AUTO;
    private final Map<Integer, Tier> tiers = new HashMap<>();
    private PastDecisions decisions = PastDecisions.NONE;
    private BiFunction<VerificationJob, Duration, VerificationOutcome> verifier = this::prove;

    HealedProject(Path temp) throws IOException {
        project = Files.createDirectory(temp.resolve("project")).toRealPath();
        Files.writeString(project.resolve("page.ts"), SOURCE);
    }

    /** Says what is checked beside the re-runs. */
    void checks(Check... found) {
        checks = List.of(found);
    }

    /** Says what the diagnosis allows at most. */
    void allows(Tier most) {
        tier = most;
    }

    /** Says what the diagnosis of the locator in one line allows at most. */
    void allows(int line, Tier most) {
        tiers.put(line, most);
    }

    void remembers(PastDecisions past) {
        decisions = past;
    }

    /** Proves otherwise than by saying yes after four minutes. */
    void provenBy(BiFunction<VerificationJob, Duration, VerificationOutcome> other) {
        verifier = other;
    }

    /** Proves over tests that fail at one line after the other, named by them: {@code 0-2} fails at the first, then at the third. */
    void provenInTurn() {
        verifier = this::proveInTurn;
    }

    /** Returns what was to be proven, in order. */
    List<VerificationJob> proven() {
        return proven;
    }

    /** Returns the time each proof was given. */
    List<Duration> budgets() {
        return budgets;
    }

    List<String> said() {
        return said;
    }

    /** Heals tests named by the line of the locator they fail at, for example {@code 1b}. */
    List<HealResult> heal(HealLimits limits, String... tests) throws IOException {
        List<TestSelected> selected = new ArrayList<>();
        Map<String, AttemptEnd> ended = new LinkedHashMap<>();
        for (String id : tests) {
            selected.add(new TestSelected(
                    id, "", new TestPlace("a.spec.ts", List.of(id), 1, 1, "default"), List.of(), AttemptStatus.PASSED));
            ended.put(id, failed(id));
        }
        Suite suite = new Suite(
                new SuiteConfig("1.65.1", "playwright.config.ts", project.toString(), 1, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        HealJob job = new HealJob(this::diagnose, verifier, limits, () -> ticks, said::add);
        return job.heal(new HealJob.Request(
                new RunRecord(selected, ended, Map.of()),
                suite,
                ProjectSources.in(project),
                new HealJob.Memory(ReferenceBook.EMPTY, decisions),
                new SourcePlaces(project.toString(), List.of())));
    }

    private static AttemptEnd failed(String id) {
        AttemptOutcome outcome = new AttemptOutcome(
                AttemptStatus.FAILED, AttemptStatus.PASSED, Instant.EPOCH, Duration.ofSeconds(1), new Lane(0, 0));
        ErrorInfo error = new ErrorInfo(id, Optional.empty(), Optional.empty(), Optional.empty());
        return new AttemptEnd(id, 0, outcome, new AttemptEvidence(List.of(error), List.of(), List.of()));
    }

    private HealingOutcome diagnose(FailureEvidence evidence) {
        String message = evidence.errors().get(0).message();
        if (message.startsWith("x")) {
            Classification value = new Classification(
                    FailureClass.ASSERTION, "The total is wrong.", "find('total')", "expect", CallStack.UNKNOWN);
            return new HealingOutcome.Refused("The total is wrong.", new Diagnosis(value, Ranking.EMPTY, List.of()));
        }
        int line = message.charAt(0) - '0';
        String before = "find('l" + line + "')";
        String source = new String(evidence.project().sources().read("page.ts").orElseThrow(), StandardCharsets.UTF_8);
        int start = source.indexOf(before);
        Patch patch = new Patch(
                "page.ts",
                new Patch.Range(start, start + before.length()),
                before,
                "find('new" + line + "')",
                new Patch.Definition(DefinitionKind.FIELD, "x", new CallSite("page.ts", line + 1, 1), List.of()));
        Classification failure =
                new Classification(FailureClass.BROKEN_LOCATOR, "gone", before, "click", CallStack.UNKNOWN);
        double confidence = 0.95 - line / 100.0;
        return new HealingOutcome.Healed(
                new Heal(
                        "find('new" + line + "')",
                        "<b>",
                        confidence,
                        tiers.getOrDefault(line, tier),
                        new PatchOutcome.Proposed(patch)),
                new Diagnosis(failure, new Ranking(List.of(), 0, confidence, Tier.AUTO), List.of()));
    }

    private VerificationOutcome prove(VerificationJob job, Duration budget) {
        proven.add(job);
        budgets.add(budget);
        ticks += Duration.ofMinutes(4).toNanos();
        return new VerificationOutcome.Verified(new Proof(List.of(), List.of("x"), 0, List.of(), checks));
    }

    private VerificationOutcome proveInTurn(VerificationJob job, Duration budget) {
        proven.add(job);
        budgets.add(budget);
        ticks += Duration.ofMinutes(1).toNanos();
        Set<String> repaired = job.patches().stream()
                .map(patch -> String.valueOf(patch.definition().site().line() - 1))
                .collect(Collectors.toSet());
        List<LaterFailure> later = new ArrayList<>();
        for (BrokenTest test : job.broken()) {
            Stream.of(test.id().split("-"))
                    .filter(line -> !repaired.contains(line))
                    .findFirst()
                    .map(line -> new LaterFailure(test, failedAt(test.id(), line), "fails at " + line + "."))
                    .ifPresent(later::add);
        }
        return later.size() < job.broken().size()
                ? new VerificationOutcome.Verified(new Proof(List.of(), List.of("x"), 0, later, checks))
                : new VerificationOutcome.StillFails(later.get(0).reason(), later, List.of());
    }

    private static TestRun failedAt(String id, String line) {
        ErrorInfo error = new ErrorInfo(line, Optional.empty(), Optional.empty(), Optional.empty());
        return new TestRun(id, AttemptStatus.FAILED, AttemptStatus.PASSED, List.of(error), Optional.empty());
    }

    static List<String> tiers(List<HealResult> results) {
        return results.stream().map(r -> r.event().decision().tier()).toList();
    }
}
