package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.tree.Quoting;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an argument of a locator call is, with the places its text comes from. */
sealed interface Value {

    /** Stands in a text for what only the run knows. */
    char HOLE = '\ue000';

    /** Returns the argument as TypeScript with all names replaced by what they stand for. */
    String code();

    /**
     * A stretch of text.
     *
     * @param fixed whether it is written as literal characters that can be edited
     * @param passages the names it came through, nearest to the literal first
     */
    record Piece(String text, boolean fixed, Place place, List<Passage> passages) {

        Piece through(Passage passage) {
            List<Passage> all = new ArrayList<>(passages);
            all.add(passage);
            return new Piece(text, fixed, place, List.copyOf(all));
        }

        boolean hole() {
            return text.indexOf(HOLE) >= 0;
        }
    }

    /** Where text is written. */
    record Place(SourceUnit unit, Span at, Quoting quoting) {}

    /** A string: one piece for a plain literal, several for templates and sums. */
    record Text(List<Piece> pieces) implements Value {
        @Override
        public String code() {
            StringBuilder out = new StringBuilder("'");
            for (char c : value().toCharArray()) {
                switch (c) {
                    case '\'', '\\' -> out.append('\\').append(c);
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    default -> out.append(c);
                }
            }
            return out.append('\'').toString();
        }

        String value() {
            StringBuilder out = new StringBuilder();
            pieces.forEach(p -> out.append(p.text()));
            return out.toString();
        }
    }

    /** A regular expression. */
    record Regex(Piece source, String flags) implements Value {
        @Override
        public String code() {
            return "/" + source.text() + "/" + flags;
        }
    }

    /** Options. */
    record Members(Map<String, Value> members) implements Value {
        @Override
        public String code() {
            StringBuilder out = new StringBuilder("{");
            members.forEach((key, value) -> out.append(out.length() > 1 ? ", " : " ")
                    .append(key)
                    .append(": ")
                    .append(value.code()));
            return out.append(" }").toString();
        }
    }

    /** Anything else that stands for itself: a number, a flag, a role. */
    record Verbatim(String code) implements Value {}

    /** A locator given as an argument. */
    record Inner(Chain chain) implements Value {
        @Override
        public String code() {
            return "page." + chain.code();
        }
    }
}
