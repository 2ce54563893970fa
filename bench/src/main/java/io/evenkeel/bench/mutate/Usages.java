package io.evenkeel.bench.mutate;

import io.evenkeel.bench.mutate.Usage.ActingTest;
import io.evenkeel.bench.mutate.Usage.Session;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.synthesis.LocatorEvaluator;
import io.evenkeel.healing.trace.Trace;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceReader;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.healing.trace.TracedAction;
import io.evenkeel.healing.trace.TracedPage;
import io.evenkeel.pipeline.heal.RunRecord;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which elements of the shop's pages the tests act on: the traces of a green run say it, and where each stands in the
 * sources follows from the page it was on. One thread.
 */
final class Usages {

    private static final String TEST_ID = "data-testid";

    private final Site site;
    private final Map<String, Map<String, String>> elements = new LinkedHashMap<>();
    private final Map<List<String>, Set<ActingTest>> tests = new LinkedHashMap<>();

    private Usages(Site site) {
        this.site = site;
    }

    /**
     * Returns what the passing tests of a run acted on, in the order of the suite. What scripts put into the page is left out.
     *
     * @param run with traces
     * @throws IOException when a page cannot be read
     */
    static List<Usage> of(RunRecord run, Site site) throws IOException {
        Usages usages = new Usages(site);
        for (RunRecord.Ended test : run.passedWithTrace()) {
            Optional<Path> trace = test.trace();
            if (trace.isPresent()) {
                usages.add(test, trace.get());
            }
        }
        List<Usage> all = new ArrayList<>();
        usages.tests.forEach((key, acting) ->
                all.add(new Usage(key.get(0), key.get(1), key.get(2), key.get(3), List.copyOf(acting))));
        return all;
    }

    private void add(RunRecord.Ended test, Path recorded) throws IOException {
        TestPlace place = test.test().place();
        String file = "tests/" + place.file();
        ActingTest acting = new ActingTest(file, place.line(), test.test().project(), place.mode(), session(file));
        try {
            Trace trace = TraceReader.read(TraceFile.at(recorded));
            for (TracedAction action : trace.actions()) {
                if (acts(action)) {
                    add(trace, action, acting);
                }
            }
        } catch (TraceUnreadableException e) {
            throw new IOException("The trace of " + test.title() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Session session(String file) throws IOException {
        String source = Files.readString(site.folder().resolveSibling(file));
        return source.contains("signedIn: true") ? Session.SIGNED_IN : Session.NONE;
    }

    /** What only asserts is never healed by itself, so it is not broken here. */
    private static boolean acts(TracedAction action) {
        return !action.failed()
                && !action.locator().isEmpty()
                && action.place().known()
                && !action.method().startsWith("expect");
    }

    private void add(Trace trace, TracedAction action, ActingTest acting) throws IOException {
        Optional<TracedPage> page;
        try {
            page = trace.pageWithTarget(action);
        } catch (SnapshotRefusedException e) {
            page = Optional.empty();
        }
        if (page.isEmpty()) {
            return;
        }
        LocatorEvaluator evaluator =
                new LocatorEvaluator(new Accessibility(page.get().dom()), TEST_ID);
        Element target = page.get().targets().get(0);
        for (String file : site.filesOf(page.get().dom().url())) {
            for (String css : written(file)) {
                if (Truth.find(evaluator, css).equals(List.of(target))) {
                    tests.computeIfAbsent(
                                    List.of(file, css, action.locator(), action.method()), k -> new LinkedHashSet<>())
                            .add(acting);
                    return;
                }
            }
        }
    }

    /** Returns a selector for each element written in a file that can be acted on. */
    private Iterable<String> written(String file) throws IOException {
        Map<String, String> known = elements.get(file);
        if (known == null) {
            known = new LinkedHashMap<>();
            for (org.jsoup.nodes.Element element :
                    site.read(file).select("a, button, input, select, textarea, summary")) {
                known.put(element.cssSelector(), element.normalName());
            }
            elements.put(file, known);
        }
        return known.keySet();
    }
}
