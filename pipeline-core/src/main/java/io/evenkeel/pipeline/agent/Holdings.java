package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.Reply.Changes;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Span;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent knows of the tests of its queue: which it was granted, which others have, which came to its gate, and how far the queue has
 * heard of the results.
 *
 * <p>Asks nobody. One thread: the lock of the {@link Turnstile}.
 */
final class Holdings {

    private final Set<String> everywhere;
    private final Map<String, Integer> positions = new HashMap<>();

    /** Positions that are another agent's. */
    private final BitSet taken = new BitSet();

    private final Set<String> granted = new LinkedHashSet<>();

    /** Were granted here, and have gone to another agent. */
    private final Set<String> lost = new LinkedHashSet<>();

    /** Run here while nobody answered, and the queue does not know it. */
    private final Set<String> unclaimed = new LinkedHashSet<>();

    private final Set<String> met = new LinkedHashSet<>();
    private final Map<String, Ended> ended = new LinkedHashMap<>();
    private final Map<String, Ended> untold = new LinkedHashMap<>();
    private int reached = -1;

    /**
     * @param everywhere tests of set-up and teardown projects, which every agent runs
     * @param items by position
     */
    Holdings(Collection<String> everywhere, List<QueueItem> items) {
        this.everywhere = Set.copyOf(everywhere);
        place(items);
    }

    /** Takes over the order of a queue. */
    void place(List<QueueItem> items) {
        positions.clear();
        for (int position = 0; position < items.size(); position++) {
            for (String test : items.get(position).tests()) {
                positions.put(test, position);
            }
        }
    }

    /** Takes in what the queue grants; what had been lost is this agent's again. */
    void take(List<Granted> grants) {
        for (Granted one : grants) {
            granted.addAll(one.tests());
            one.tests().forEach(lost::remove);
            taken.clear(Math.max(0, one.position()));
        }
    }

    /** Takes in what others have got or given back. */
    void learn(Changes changes) {
        changes.taken().forEach(span -> taken.set(span.first(), span.last() + 1));
        for (Span span : changes.free()) {
            taken.clear(span.first(), span.last() + 1);
        }
    }

    /** Forgets what others have, because the next answer tells all of it. */
    void forgetOthers() {
        taken.clear();
    }

    /** Keeps tests that nobody could grant. */
    void keepUnasked(Collection<String> tests) {
        unclaimed.addAll(tests);
        granted.addAll(tests);
    }

    List<String> unclaimed() {
        return List.copyOf(unclaimed);
    }

    /** Notes that the queue knows who has run these. */
    void claimed(Collection<String> tests) {
        tests.forEach(unclaimed::remove);
    }

    /** Notes that these are another agent's now; returns those of which it was not known. */
    List<String> lose(Collection<String> tests) {
        List<String> news = tests.stream().filter(lost::add).toList();
        news.forEach(untold::remove);
        return news;
    }

    /** Returns whether every agent runs this test. */
    boolean isEverywhere(String test) {
        return everywhere.contains(test);
    }

    /** Returns whether the queue need not be asked for this test. */
    boolean isDecided(String test) {
        Integer position = positions.get(test);
        return granted.contains(test) || isEverywhere(test) || position != null && taken.get(position);
    }

    boolean isHeld(String test) {
        return granted.contains(test) && !lost.contains(test);
    }

    /** Returns every test that was granted and is not lost. */
    List<String> held() {
        return granted.stream().filter(test -> !lost.contains(test)).toList();
    }

    void comeToGate(String test) {
        if (met.add(test)) {
            reached = Math.max(reached, positions.getOrDefault(test, -1));
        }
    }

    /** It may be granted later, when its agent has died: it has to be run by its id then. */
    void turnAway(String test) {
        met.remove(test);
    }

    /** Notes that these are run now, without the gate. */
    void meet(Collection<String> tests) {
        met.addAll(tests);
    }

    boolean hasMet(String test) {
        return met.contains(test);
    }

    /** Returns the furthest position that has come to the gate, -1 for none. */
    int reached() {
        return reached;
    }

    /** Returns how many granted tests have not come to the gate, counted up to a number. */
    long countAhead(int most) {
        return granted.stream().filter(test -> !met.contains(test)).limit(most).count();
    }

    /** Returns the tests that are held and have neither come to the gate nor ended, in the order of the queue. */
    List<String> unmet() {
        return held().stream()
                .filter(test -> !met.contains(test) && !ended.containsKey(test))
                .sorted(Comparator.comparingInt(test -> positions.getOrDefault(test, Integer.MAX_VALUE)))
                .toList();
    }

    /** Notes results; returns the tests among them that were never granted. */
    List<String> end(List<Ended> tests) {
        for (Ended test : tests) {
            ended.put(test.test(), test);
            untold.put(test.test(), test);
        }
        return tests.stream()
                .map(Ended::test)
                .filter(test -> !granted.contains(test) && !isEverywhere(test))
                .toList();
    }

    /** Returns every result, in the order they came. */
    List<Ended> ended() {
        return List.copyOf(ended.values());
    }

    Optional<Ended> endOf(String test) {
        return Optional.ofNullable(ended.get(test));
    }

    /** Keeps the results of tests that are still not granted to itself. */
    void dropUngranted(Collection<String> tests) {
        tests.stream().filter(test -> !granted.contains(test)).forEach(untold::remove);
    }

    /** Returns the results that the queue has to hear and would count. */
    List<Ended> toTell() {
        return untold.values().stream()
                .filter(one -> granted.contains(one.test()) && !unclaimed.contains(one.test()))
                .toList();
    }

    /**
     * Notes that the queue has heard results.
     *
     * @param missing tests of which it wants to hear again
     */
    void told(List<Ended> results, Collection<String> missing) {
        results.stream()
                .map(Ended::test)
                .filter(test -> !missing.contains(test))
                .forEach(untold::remove);
    }

    /** Returns whether the test has ended and the queue knows how. */
    boolean isTold(String test) {
        return ended.containsKey(test) && !untold.containsKey(test);
    }
}
