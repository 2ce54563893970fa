package io.evenkeel.pipeline.heal;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.Annotation;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the spools of one run say that matters for healing: which tests there are, and the last attempt of each.
 *
 * <p>Immutable.
 *
 * @param tests every test an executor selected, in the order of the spools, each id once
 * @param lastAttempts by test id
 * @param traced by test id, the last attempt that did not pass and left a trace; Playwright's own template records one on the
 *     first retry alone, so with two retries the last attempt has none
 */
public record RunRecord(
        List<TestSelected> tests, Map<String, AttemptEnd> lastAttempts, Map<String, AttemptEnd> traced) {

    private static final String TRACE = "trace";
    private static final String ERROR_CONTEXT = "error-context";

    public RunRecord {
        tests = List.copyOf(tests);
        lastAttempts = Map.copyOf(lastAttempts);
        traced = Map.copyOf(traced);
    }

    /**
     * Reads spools; broken lines are skipped, as everywhere.
     *
     * @throws IOException when a spool cannot be read
     */
    public static RunRecord read(Collection<Path> spools) throws IOException {
        Map<String, TestSelected> tests = new LinkedHashMap<>();
        Map<String, AttemptEnd> last = new LinkedHashMap<>();
        Map<String, AttemptEnd> traced = new LinkedHashMap<>();
        RunEvent.Handler handler = new RunEvent.Handler() {
            @Override
            public void test(TestSelected event) {
                tests.put(event.id(), event);
            }

            @Override
            public void attemptEnd(AttemptEnd event) {
                last.merge(event.id(), event, RunRecord::later);
                if (file(event, TRACE).isPresent()
                        && event.outcome().status() != event.outcome().expected()) {
                    traced.merge(event.id(), event, RunRecord::later);
                }
            }
        };
        for (Path spool : spools) {
            SpoolReader reader = new SpoolReader(spool);
            for (var lines = reader.poll(); !lines.isEmpty(); lines = reader.poll()) {
                lines.forEach(line -> line.match(
                        event -> {
                            event.event().event().accept(handler);
                            return true;
                        },
                        broken -> false));
            }
        }
        return new RunRecord(new ArrayList<>(tests.values()), last, traced);
    }

    /**
     * Returns the tests whose last attempt did not end as expected, in the order of the suite. Each comes with the attempt that
     * says most: one that left a trace, when it failed in the same place as the last one.
     */
    public List<Ended> failed() {
        return ended().stream()
                .filter(test -> test.attempt().outcome().status()
                        != test.attempt().outcome().expected())
                .filter(test -> test.attempt().outcome().status() != AttemptStatus.SKIPPED)
                .map(test -> new Ended(test.test(), telling(test.attempt())))
                .toList();
    }

    private AttemptEnd telling(AttemptEnd last) {
        AttemptEnd other = traced.getOrDefault(last.id(), last);
        return place(other).equals(place(last)) ? other : last;
    }

    private static Optional<SourceLocation> place(AttemptEnd attempt) {
        return attempt.evidence().errors().stream().findFirst().flatMap(ErrorInfo::location);
    }

    private static AttemptEnd later(AttemptEnd old, AttemptEnd next) {
        return next.retry() >= old.retry() ? next : old;
    }

    /** Returns the tests whose last attempt passed and left a trace; one that was healed live shows what a repair took for the element, and proves nothing. */
    public List<Ended> passedWithTrace() {
        return ended().stream()
                .filter(test -> test.attempt().outcome().status() == AttemptStatus.PASSED
                        && test.attempt().outcome().expected() == AttemptStatus.PASSED)
                .filter(test -> test.trace().isPresent())
                .filter(test -> test.attempt().evidence().annotations().stream()
                        .noneMatch(annotation -> annotation.type().equals(Annotation.HEALED)))
                .toList();
    }

    private List<Ended> ended() {
        List<Ended> ended = new ArrayList<>();
        for (TestSelected test : tests) {
            AttemptEnd attempt = lastAttempts.get(test.id());
            if (attempt != null) {
                ended.add(new Ended(test, attempt));
            }
        }
        return ended;
    }

    private static Optional<Path> file(AttemptEnd attempt, String name) {
        return attempt.evidence().attachments().stream()
                .filter(attachment -> attachment.name().equals(name))
                .flatMap(attachment -> attachment.path().stream())
                .map(Path::of)
                .reduce((first, second) -> second);
    }

    /** A test with the attempt that counts. */
    public record Ended(TestSelected test, AttemptEnd attempt) {

        /** Returns how Playwright prints the test: {@code [project] › file › describe › test}. */
        public String title() {
            String project = test.project().isEmpty() ? "" : "[" + test.project() + "] › ";
            return project + test.place().file() + " › " + test.place().fullTitle();
        }

        /** Returns the trace the attempt left on this machine. */
        public Optional<Path> trace() {
            return file(attempt, TRACE);
        }

        /** Returns Playwright's description of the page at the failure. */
        public Optional<Path> errorContext() {
            return file(attempt, ERROR_CONTEXT);
        }
    }
}
