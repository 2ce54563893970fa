package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.snapshot.Roles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A fingerprint taken apart once, so that comparing it with a thousand others does not split and fold the same texts a thousand times.
 *
 * <p>Everything but {@link #called} is made in advance; one thread.
 */
public final class Traits {

    private static final Pattern HASHED = Pattern.compile(
            "(?i).*(?:[0-9a-f]{6,}|[a-z]*\\d[a-z\\d]*\\d[a-z\\d]{2,}).*|^(?:css|sc|jsx|svelte|emotion)-.*|.*__[A-Za-z0-9]{5,}$");
    private static final Pattern BUTTON_CLASS = Pattern.compile("(?i)\\b(?:btn|button)");
    /** A longer text is that of a container: its words are not the element's own. */
    private static final int LONG = 80;

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final List<String> SPOKEN =
            List.of("id", "name", Fingerprint.TEST_ID, "aria-label", "title", "alt", "placeholder", "value", "href");
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
    private final Map<String, Phrase> attributes = new HashMap<>();
    private final Phrase text;
    private final Phrase name;
    private final Phrase label;
    private final Phrase shown;
    private final Set<String> classes = new HashSet<>();
    private final Set<String> classParts = new HashSet<>();
    private final Set<String> own = new HashSet<>();
    private final Set<String> near;
    private final Set<String> anchors;
    private final Set<String> landmarks = new HashSet<>();
    private final List<String> tags = new ArrayList<>();
    private final boolean acts;
    private Rarity rarity = Rarity.EVEN;
    private List<Phrase> called = List.of();

    private Traits(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
        fingerprint.attributes().forEach((key, value) -> attributes.put(key, Phrase.of(value)));
        text = Phrase.of(fingerprint.wording().text());
        name = Phrase.of(fingerprint.wording().name());
        label = Phrase.of(fingerprint.wording().label());
        shown = firstSaid();
        for (String token : SPACES.split(fingerprint.attribute("class"))) {
            if (!token.isEmpty() && !HASHED.matcher(token).matches()) {
                classes.add(token);
                classParts.addAll(Similarity.words(token));
            }
        }
        own.addAll(classParts);
        own.addAll(shown.folded().length() > LONG ? List.of() : shown.words());
        own.addAll(label.words());
        SPOKEN.forEach(key -> own.addAll(attribute(key).words()));
        near = new HashSet<>(Similarity.words(fingerprint.placement().neighbours()));
        anchors = Set.copyOf(fingerprint.placement().anchors());
        for (String step : fingerprint.placement().path()) {
            int bracket = step.indexOf('[');
            String tag = bracket < 0 ? step : step.substring(0, bracket);
            tags.add(tag);
            if (LANDMARK_TAGS.contains(tag)) {
                landmarks.add(tag);
            }
        }
        acts = Roles.interactive(fingerprint.nature().role())
                || fingerprint.nature().tag().equals("a")
                || BUTTON_CLASS.matcher(fingerprint.attribute("class")).find();
    }

    /** Takes an element of the past and the candidates of one page apart; how rare a word is follows from the candidates. */
    static List<Traits> of(Fingerprint old, List<Fingerprint> candidates) {
        List<Traits> all = new ArrayList<>(candidates.size() + 1);
        candidates.forEach(f -> all.add(new Traits(f)));
        Rarity rarity = Rarity.of(all);
        all.add(0, new Traits(old));
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
        for (String key : List.of("aria-label", "alt", "title", "placeholder", "value")) {
            if (!attribute(key).blank()) {
                return attribute(key);
            }
        }
        return Phrase.NONE;
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    Phrase attribute(String key) {
        return attributes.getOrDefault(key, Phrase.NONE);
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
    Set<String> classes() {
        return classes;
    }

    /** Returns the words its class names consist of. */
    Set<String> classParts() {
        return classParts;
    }

    /** Returns all words the element itself carries, in any attribute or text. */
    Set<String> own() {
        return own;
    }

    /** Returns the words around the element. */
    Set<String> near() {
        return near;
    }

    Set<String> anchors() {
        return anchors;
    }

    /** Returns the tags around the element that say in which part of the page it stands. */
    Set<String> landmarks() {
        return landmarks;
    }

    /** Returns the path without positions. */
    List<String> tags() {
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

        static final Rarity EVEN = new Rarity(Map.of(), 1);

        private final Map<String, Integer> counts;
        private final int pages;

        private Rarity(Map<String, Integer> counts, int elements) {
            this.counts = counts;
            this.pages = elements;
        }

        static Rarity of(List<Traits> candidates) {
            Map<String, Integer> counts = new HashMap<>();
            for (Traits candidate : candidates) {
                candidate.own.forEach(word -> counts.merge(word, 1, Integer::sum));
            }
            return new Rarity(counts, candidates.size());
        }

        /** Returns the inverse document frequency {@code log(1 + n / (1 + count))}. */
        double of(String word) {
            return Math.log(1 + pages / (1.0 + counts.getOrDefault(word, 0)));
        }

        double of(Set<String> words) {
            double sum = 0;
            for (String word : words) {
                sum += of(word);
            }
            return sum;
        }
    }

    @Override
    public String toString() {
        return tag() + " " + shown.folded().toLowerCase(Locale.ROOT);
    }
}
