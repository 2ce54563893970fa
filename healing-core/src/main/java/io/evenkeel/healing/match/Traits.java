package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.snapshot.Roles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A fingerprint taken apart once, so that comparing it with a thousand others does not split and fold the same texts a thousand times.
 *
 * <p>Traits are comparable only with those made by the same call of {@link #of}. One thread.
 */
public final class Traits {

    /** A longer text is that of a container: its words are not the element's own. */
    private static final int LONG = 80;

    private static final List<String> SPOKEN =
            List.of("id", "name", Fingerprint.TEST_ID, "aria-label", "title", "alt", "placeholder", "value", "href");
    private static final List<String> SAID = List.of("aria-label", "alt", "title", "placeholder", "value");
    /** Attributes that any signal looks at; {@code @literal} and {@code @action} are those of a query. */
    private static final List<String> COMPARED = List.of(
            "id",
            "name",
            Fingerprint.TEST_ID,
            "class",
            "for",
            "type",
            "placeholder",
            "title",
            "alt",
            "aria-label",
            "value",
            "href",
            "@literal",
            "@action");

    private static final Map<String, Integer> SLOTS =
            COMPARED.stream().collect(Collectors.toUnmodifiableMap(key -> key, COMPARED::indexOf));

    private static final List<String> CALLED = List.of(
            "id",
            "name",
            Fingerprint.TEST_ID,
            "class",
            "for",
            "type",
            "placeholder",
            "title",
            "alt",
            "aria-label",
            "value");
    private static final Set<String> LANDMARK_TAGS =
            Set.of("header", "footer", "nav", "main", "aside", "form", "table", "article", "dialog", "thead", "tbody");

    private final Fingerprint fingerprint;
    private final Vocabulary vocabulary;
    private final Phrase[] attributes = new Phrase[COMPARED.size()];
    private final Phrase text;
    private final Phrase name;
    private final Phrase label;
    private final Phrase shown;
    private final Vocabulary.Classes classes;
    private final WordSet own;
    private final WordSet near;
    private final WordSet anchors;
    private final Phrase firstAnchor;
    private final int nearestId;
    private final WordSet landmarks;
    private final int[] path;
    private final int[] tags;
    private final boolean acts;
    private Rarity rarity = Rarity.EVEN;
    private List<Phrase> called = List.of();

    private Traits(Fingerprint fingerprint, Vocabulary vocabulary) {
        this.fingerprint = fingerprint;
        this.vocabulary = vocabulary;
        Arrays.fill(attributes, Phrase.NONE);
        fingerprint.attributes().forEach((key, value) -> {
            Integer slot = SLOTS.get(key);
            if (slot != null) {
                attributes[slot] = vocabulary.phrase(value);
            }
        });
        text = vocabulary.phrase(fingerprint.wording().text());
        name = vocabulary.phrase(fingerprint.wording().name());
        label = vocabulary.phrase(fingerprint.wording().label());
        shown = firstSaid();
        classes = vocabulary.classes(fingerprint.attribute("class"));
        WordSet.Builder all = new WordSet.Builder().add(classes.parts()).add(label.words());
        all.add(shown.folded().length() > LONG ? WordSet.EMPTY : shown.words());
        SPOKEN.forEach(key -> all.add(attribute(key).words()));
        own = all.build();
        near = vocabulary.set(Similarity.words(fingerprint.placement().neighbours()));
        List<String> around = fingerprint.placement().anchors();
        anchors = vocabulary.set(around);
        firstAnchor = around.isEmpty() ? Phrase.NONE : vocabulary.phrase(around.get(0));
        nearestId = around.stream()
                .filter(anchor -> anchor.startsWith("id:"))
                .findFirst()
                .map(vocabulary::number)
                .orElse(-1);
        List<String> steps = fingerprint.placement().path();
        path = new int[steps.size()];
        tags = new int[steps.size()];
        WordSet.Builder parts = new WordSet.Builder();
        for (int i = 0; i < path.length; i++) {
            path[i] = vocabulary.number(steps.get(i));
            tags[i] = vocabulary.tag(steps.get(i));
            if (LANDMARK_TAGS.contains(vocabulary.word(tags[i]))) {
                parts.add(tags[i]);
            }
        }
        landmarks = parts.build();
        acts = Roles.interactive(fingerprint.nature().role())
                || fingerprint.nature().tag().equals("a")
                || classes.button();
    }

    /**
     * Takes an element of the past and the candidates of one page apart; how rare a word is follows from the candidates.
     *
     * @return the element of the past, then the candidates
     */
    static List<Traits> of(Fingerprint old, List<Fingerprint> candidates) {
        Vocabulary vocabulary = new Vocabulary();
        List<Traits> all = new ArrayList<>(candidates.size() + 1);
        all.add(new Traits(old, vocabulary));
        candidates.forEach(f -> all.add(new Traits(f, vocabulary)));
        Rarity rarity = Rarity.of(all.subList(1, all.size()), vocabulary);
        all.forEach(t -> t.rarity = rarity);
        return all;
    }

    private Phrase firstSaid() {
        if (!name.blank()) {
            return name;
        }
        if (!text.blank()) {
            return text;
        }
        for (String key : SAID) {
            if (!attribute(key).blank()) {
                return attribute(key);
            }
        }
        return Phrase.NONE;
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    /**
     * Returns where an attribute is kept.
     *
     * @throws IllegalArgumentException if no signal looks at it
     */
    static int slot(String key) {
        Integer slot = SLOTS.get(key);
        if (slot == null) {
            throw new IllegalArgumentException("The attribute (" + key + ") must be one of " + COMPARED + ".");
        }
        return slot;
    }

    Phrase attribute(int slot) {
        return attributes[slot];
    }

    Phrase attribute(String key) {
        return attributes[slot(key)];
    }

    Phrase text() {
        return text;
    }

    Phrase name() {
        return name;
    }

    Phrase label() {
        return label;
    }

    /** Returns the text a person would call the element by. */
    Phrase shown() {
        return shown;
    }

    /** Returns its class names without those a build tool made up. */
    WordSet classes() {
        return classes.names();
    }

    /** Returns the words its class names consist of. */
    WordSet classParts() {
        return classes.parts();
    }

    /** Returns all words the element itself carries, in any attribute or text. */
    WordSet own() {
        return own;
    }

    /** Returns a word of any of its sets. */
    String word(int number) {
        return vocabulary.word(number);
    }

    /** Returns the number of a word. */
    int number(String word) {
        return vocabulary.number(word);
    }

    /** Returns the words around the element. */
    WordSet near() {
        return near;
    }

    WordSet anchors() {
        return anchors;
    }

    /** Returns the nearest of what surrounds it. */
    Phrase firstAnchor() {
        return firstAnchor;
    }

    /** Returns which of {@link #anchors} is the nearest element with an id; -1 if none. */
    int nearestId() {
        return nearestId;
    }

    /** Returns the tags around the element that say in which part of the page it stands. */
    WordSet landmarks() {
        return landmarks;
    }

    /** Returns the steps from the root; callers must not change them. */
    int[] path() {
        return path;
    }

    /** Returns the path without positions; callers must not change it. */
    int[] tags() {
        return tags;
    }

    String tag() {
        return fingerprint.nature().tag();
    }

    String role() {
        return fingerprint.nature().role();
    }

    /** Returns whether it looks like something to click or fill. */
    boolean acts() {
        return acts;
    }

    Rarity rarity() {
        return rarity;
    }

    /** Returns whether one is the direct parent of the other. */
    boolean related(Traits other) {
        int[] shorter = path.length < other.path.length ? path : other.path;
        int[] longer = path.length < other.path.length ? other.path : path;
        if (longer.length - shorter.length != 1 || shorter.length == 0) {
            return false;
        }
        for (int i = shorter.length - 1; i >= 0; i--) {
            if (shorter[i] != longer[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns all an element is called by, each as one phrase of at most 80 characters. */
    List<Phrase> called() {
        if (called.isEmpty()) {
            List<Phrase> all = new ArrayList<>(List.of(name, text, label));
            CALLED.forEach(key -> all.add(attribute(key)));
            all.removeIf(p -> p.blank() || p.folded().length() > LONG);
            called = all;
        }
        return called;
    }

    /** How much a word says, by how few candidates of the page carry it. */
    static final class Rarity {

        static final Rarity EVEN = new Rarity(new double[0], Math.log(2));

        private final double[] values;
        private final double unseen;

        private Rarity(double[] values, double unseen) {
            this.values = values;
            this.unseen = unseen;
        }

        static Rarity of(List<Traits> candidates, Vocabulary vocabulary) {
            int[] counts = new int[vocabulary.size()];
            for (Traits candidate : candidates) {
                for (int i = 0; i < candidate.own.size(); i++) {
                    counts[candidate.own.at(i)]++;
                }
            }
            double[] values = new double[counts.length];
            for (int i = 0; i < counts.length; i++) {
                values[i] = Math.log(1 + candidates.size() / (1.0 + counts[i]));
            }
            return new Rarity(values, Math.log(1 + candidates.size()));
        }

        /** Returns the inverse document frequency {@code log(1 + n / (1 + count))}. */
        double of(int word) {
            return word < values.length ? values[word] : unseen;
        }

        double of(WordSet words) {
            double sum = 0;
            for (int i = 0; i < words.size(); i++) {
                sum += of(words.at(i));
            }
            return sum;
        }

        /** Returns the sum over the words that two sets have in common. */
        double ofCommon(WordSet a, WordSet b) {
            double sum = 0;
            for (int i = 0; i < a.size(); i++) {
                sum += b.contains(a.at(i)) ? of(a.at(i)) : 0;
            }
            return sum;
        }
    }

    @Override
    public String toString() {
        return tag() + " " + shown.folded().toLowerCase(Locale.ROOT);
    }
}
