package io.evenkeel.healing.match;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that user interfaces use for the same thing, and pairs that never mean the same although they look or sound alike.
 *
 * <p>A small English list of our own. Pure and thread-safe.
 */
final class Synonyms {

    private static final List<List<String>> GROUPS = List.of(
            List.of("sign in", "log in", "login", "signin", "log on", "logon"),
            List.of("sign out", "log out", "logout", "signout", "log off"),
            List.of("sign up", "register", "signup", "create account", "join", "create an account"),
            List.of("add", "create", "new", "insert"),
            List.of("cart", "basket", "bag", "trolley"),
            List.of("delete", "remove", "discard", "erase", "trash"),
            List.of("save", "apply", "store", "keep"),
            List.of("submit", "send", "post"),
            List.of("ok", "okay", "confirm", "accept", "agree"),
            List.of("cancel", "abort", "dismiss"),
            List.of("close", "hide"),
            List.of("edit", "modify", "change", "update"),
            List.of("search", "find", "look up"),
            List.of("next", "continue", "proceed", "forward"),
            List.of("previous", "back"),
            List.of("checkout", "check out", "pay", "place order", "buy now", "order now"),
            List.of(
                    "buy",
                    "purchase",
                    "order",
                    "add to cart",
                    "add to basket",
                    "add to bag",
                    "put in basket",
                    "put in cart"),
            List.of("user name", "username", "login name", "user", "user id"),
            List.of("email", "e mail", "mail", "email address", "e mail address"),
            List.of("phone", "telephone", "mobile"),
            List.of("first name", "firstname", "given name", "forename"),
            List.of("last name", "lastname", "surname", "family name"),
            List.of("password", "passphrase", "pass word"),
            List.of("settings", "preferences", "options", "configuration"),
            List.of("profile", "account", "my account"),
            List.of("home", "start", "dashboard", "overview"),
            List.of("help", "support"),
            List.of("contact", "contact us", "get in touch"),
            List.of("download", "export"),
            List.of("upload", "import", "attach"),
            List.of("comment", "note", "remark"),
            List.of("zip", "zip code", "postal code", "postcode"),
            List.of("quantity", "amount", "qty", "count"),
            List.of("button", "btn"),
            List.of("picture", "image", "img"),
            List.of("navigation", "nav"),
            List.of("address", "addr"),
            List.of("number", "num"),
            List.of("description", "desc"),
            List.of("message", "msg"),
            List.of("voucher", "coupon", "promo code", "discount code"));
    private static final List<Set<String>> OPPOSITES = List.of(
            Set.of("next", "previous"),
            Set.of("sign in", "sign out"),
            Set.of("sign in", "sign up"),
            Set.of("add", "delete"),
            Set.of("save", "cancel"),
            Set.of("ok", "cancel"),
            Set.of("submit", "cancel"),
            Set.of("download", "upload"),
            Set.of("edit", "delete"),
            Set.of("first name", "last name"),
            Set.of("on", "off"),
            Set.of("open", "close"),
            Set.of("up", "down"),
            Set.of("left", "right"),
            Set.of("enable", "disable"),
            Set.of("from", "to"),
            Set.of("min", "max"),
            Set.of("show", "close"),
            Set.of("expand", "collapse"),
            Set.of("yes", "no"));
    private static final Set<String> FILLERS = Set.of("the", "a", "an", "your", "my", "please", "now", "here", "of");
    private static final Map<String, String> HEADS = heads();

    /** First words of all phrases with synonyms: most words begin none. */
    private static final Set<String> FIRSTS =
            HEADS.keySet().stream().map(p -> p.split(" ", 2)[0]).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> POLES =
            OPPOSITES.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private Synonyms() {}

    private static Map<String, String> heads() {
        Map<String, String> heads = new HashMap<>();
        for (List<String> group : GROUPS) {
            for (String phrase : group) {
                heads.putIfAbsent(phrase, group.get(0));
            }
        }
        return heads;
    }

    /**
     * Returns how far two short texts mean the same: 1 for the same words or synonyms, 0 for opposites, between them the overlap.
     *
     * @return NaN if either text is empty or longer than eight words: a sentence has no short meaning
     */
    static double meaning(Phrase a, Phrase b) {
        List<String> left = a.list();
        List<String> right = b.list();
        if (left.isEmpty() || right.isEmpty() || left.size() > 8 || right.size() > 8) {
            return Double.NaN;
        }
        Set<String> x = a.concepts();
        Set<String> y = b.concepts();
        return opposite(x, y) ? 0 : overlap(x, y);
    }

    /** Returns whether two short texts say opposite things, such as "next" and "previous". */
    static boolean opposite(Phrase a, Phrase b) {
        return a.list().size() <= 8 && b.list().size() <= 8 && opposite(a.concepts(), b.concepts());
    }

    private static double overlap(Set<String> x, Set<String> y) {
        int common = 0;
        for (String one : x) {
            common += y.contains(one) ? 1 : 0;
        }
        return common / (double) (x.size() + y.size() - common);
    }

    private static boolean opposite(Set<String> x, Set<String> y) {
        if (Collections.disjoint(POLES, x) || Collections.disjoint(POLES, y)) {
            return false;
        }
        for (Set<String> pair : OPPOSITES) {
            for (String one : pair) {
                for (String other : pair) {
                    boolean clash = !one.equals(other) && x.contains(one) && y.contains(other);
                    if (clash && !(x.contains(other) || y.contains(one))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Returns what a short text is about: its words without fillers, synonyms by one name for all. */
    static Set<String> concepts(List<String> words) {
        Set<String> concepts = new HashSet<>();
        int i = 0;
        while (i < words.size()) {
            int length = FIRSTS.contains(words.get(i)) ? Math.min(3, words.size() - i) : 0;
            String head = null;
            while (length > 0 && head == null) {
                head = HEADS.get(String.join(" ", words.subList(i, i + length)));
                length -= head == null ? 1 : 0;
            }
            if (head != null) {
                concepts.add(head);
                i += length;
            } else {
                if (!FILLERS.contains(words.get(i))
                        && !(words.get(i).equals("to") || words.get(i).equals("in"))) {
                    concepts.add(words.get(i));
                }
                i++;
            }
        }
        return concepts.isEmpty() ? new HashSet<>(words) : concepts;
    }
}
