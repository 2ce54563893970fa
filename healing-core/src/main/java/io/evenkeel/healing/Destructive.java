package io.evenkeel.healing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of what cannot be undone: a repair that acts on such an element by mistake does harm, so a person looks at it first.
 *
 * <p>A name counts as a whole word of an element's name or of a locator, in upper or lower case. Immutable.
 *
 * @param names words or phrases
 */
public record Destructive(List<String> names) {

    /** The shipped names, English. */
    public static final Destructive SHIPPED = new Destructive(List.of(
            "delete",
            "remove",
            "discard",
            "erase",
            "destroy",
            "pay",
            "purchase",
            "buy now",
            "place order",
            "order now",
            "transfer",
            "unsubscribe",
            "close account",
            "terminate",
            "revoke",
            "reset"));

    public Destructive {
        names = names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns these names and more, for other languages and for what a project calls its own. */
    public Destructive with(List<String> more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(more);
        return new Destructive(all);
    }

    /** Returns whether one of the texts holds one of the names. */
    boolean in(List<String> texts) {
        if (names.isEmpty()) {
            return false;
        }
        Pattern pattern = Pattern.compile(
                names.stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return texts.stream().anyMatch(text -> pattern.matcher(text).find());
    }
}
