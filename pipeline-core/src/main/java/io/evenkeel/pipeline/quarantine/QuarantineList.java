package io.evenkeel.pipeline.quarantine;

import io.evenkeel.pipeline.summary.FailureLabel;
import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.TestSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The quarantined tests of a suite.
 *
 * <p>Immutable.
 *
 * @param tests by id; of two entries for one test the first counts
 */
public record QuarantineList(List<Quarantined> tests) {

    public QuarantineList {
        Map<String, Quarantined> byId = new HashMap<>();
        tests.forEach(test -> byId.putIfAbsent(test.id(), test));
        tests = byId.values().stream()
                .sorted(Comparator.comparing(Quarantined::id))
                .toList();
    }

    /** Returns a list without tests. */
    public static QuarantineList empty() {
        return new QuarantineList(List.of());
    }

    /** Returns the entry of a test. */
    public Optional<Quarantined> entry(String id) {
        return tests.stream().filter(test -> test.id().equals(id)).findFirst();
    }

    /** Returns this list with the entry, in place of an older one of the same test. */
    public QuarantineList with(Quarantined entry) {
        List<Quarantined> more = new ArrayList<>();
        more.add(entry);
        more.addAll(tests);
        return new QuarantineList(more);
    }

    /** Returns this list without the test. */
    public QuarantineList without(String id) {
        return new QuarantineList(
                tests.stream().filter(test -> !test.id().equals(id)).toList());
    }

    /** Returns a list that the coordinator gave, with what only this one knows: the failing commits seen here. */
    public QuarantineList refreshedBy(QuarantineList known) {
        return new QuarantineList(known.tests().stream()
                .map(test -> entry(test.id())
                        .map(old -> new Quarantined(
                                test.id(), test.name(), test.owner(), test.reason(), test.until(), old.failing()))
                        .orElse(test))
                .toList());
    }

    /**
     * Labels the failed tests of a run that the list excuses; the others get no label.
     *
     * @param commit the commit the run is of, or any text that is the same for its runs
     */
    public Map<String, FailureLabel> labels(RunSummary summary, String commit, Instant now) {
        Map<String, FailureLabel> labels = new HashMap<>();
        for (TestSummary test : summary.failures()) {
            entry(test.name().id()).filter(entry -> entry.excuses(commit, now)).ifPresent(entry -> {
                String why = entry.reason().isBlank() ? "" : ": " + entry.reason();
                labels.put(
                        entry.id(),
                        new FailureLabel(
                                Kind.QUARANTINED,
                                "quarantined until " + entry.until().toString().substring(0, 10) + ", owner "
                                        + entry.owner() + why));
            });
        }
        return labels;
    }

    /** Returns this list after a run: which entries fail on how many commits in a row. */
    public QuarantineList after(RunSummary summary, String commit) {
        Map<String, TestSummary> results = new HashMap<>();
        summary.tests().forEach(test -> results.put(test.name().id(), test));
        return new QuarantineList(tests.stream()
                .map(entry -> Optional.ofNullable(results.get(entry.id()))
                        .filter(test -> !test.skipped())
                        .map(test -> (test.failed() ? entry.failedOn(commit) : entry.passed())
                                .named(test.name().title()))
                        .orElse(entry))
                .toList());
    }
}
