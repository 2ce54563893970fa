package io.evenkeel.bench.mutate;

import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.LocatorEvaluator;
import io.evenkeel.healing.synthesis.Step;
import io.evenkeel.healing.trace.Trace;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceReader;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.healing.trace.TracedAction;
import io.evenkeel.healing.trace.TracedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares the element that a repaired step acted on, as Playwright marked it in the page of the browser, with the one that is meant.
 *
 * <p>The step is found by its place in the sources: of several calls on one line, the one whose number is that of the call that
 * failed. One thread.
 *
 * @param project folder of the mutant
 * @param locator the one whose element was changed: a change of a group breaks those of its other elements too, of which nothing is known
 * @param css finds the element that is meant; empty when it is gone
 */
record Truth(Path project, String locator, Optional<String> css) {

    /** What the repaired step did. */
    enum Finding {
        RIGHT,
        WRONG,
        UNKNOWN
    }

    /** Returns the elements of a page that a CSS selector means. */
    static List<Element> find(LocatorEvaluator evaluator, String css) {
        return evaluator.find(new Locator(List.of(new Step.BySelector(css)))).orElse(List.of());
    }

    /**
     * Returns whether the repaired step of a test acted on the element meant.
     *
     * @param failed the test's trace before the repair
     * @param repaired its trace with the repair
     * @throws IOException when a trace cannot be read
     */
    Finding of(Path failed, Path repaired) throws IOException {
        try {
            Optional<Place> broken = broken(TraceReader.read(TraceFile.at(failed)));
            return broken.isEmpty() ? Finding.UNKNOWN : at(TraceReader.read(TraceFile.at(repaired)), broken.get());
        } catch (TraceUnreadableException | SnapshotRefusedException e) {
            throw new IOException("A trace cannot be read: " + e.getMessage(), e);
        }
    }

    /** The number-th call of a line, from 0. */
    private record Place(String file, int line, int number) {}

    private Optional<Place> broken(Trace trace) {
        List<TracedAction> actions = trace.actions();
        return IntStream.iterate(actions.size() - 1, i -> i >= 0, i -> i - 1)
                .filter(i ->
                        actions.get(i).failed() && !actions.get(i).locator().isEmpty())
                .limit(1)
                .filter(i -> css.isEmpty() || actions.get(i).locator().equals(locator))
                .mapToObj(i -> {
                    CallSite site = actions.get(i).place();
                    long number = actions.subList(0, i).stream()
                            .filter(action -> here(action, inProject(site.file()), site.line()))
                            .count();
                    return new Place(inProject(site.file()), site.line(), (int) number);
                })
                .findFirst();
    }

    private boolean here(TracedAction action, String file, int line) {
        return action.place().line() == line
                && !action.locator().isEmpty()
                && inProject(action.place().file()).equals(file);
    }

    /** Returns the longest end of a path that is a file of the project: runs may have been made in copies. */
    private String inProject(String file) {
        Path path = Path.of(file);
        return IntStream.range(0, path.getNameCount())
                .mapToObj(i -> path.subpath(i, path.getNameCount()))
                .filter(end -> Files.isRegularFile(project.resolve(end)))
                .map(Path::toString)
                .findFirst()
                .orElse(file);
    }

    private Finding at(Trace trace, Place place) {
        List<TracedAction> calls = trace.actions().stream()
                .filter(action -> here(action, place.file(), place.line()))
                .toList();
        if (calls.size() <= place.number()) {
            return Finding.UNKNOWN;
        }
        Optional<TracedPage> page = trace.pageWithTarget(calls.get(place.number()));
        if (page.isEmpty()) {
            return Finding.UNKNOWN;
        }
        if (css.isEmpty()) {
            return Finding.WRONG;
        }
        LocatorEvaluator evaluator =
                new LocatorEvaluator(new Accessibility(page.get().dom()), "data-testid");
        return find(evaluator, css.get()).equals(page.get().targets()) ? Finding.RIGHT : Finding.WRONG;
    }
}
