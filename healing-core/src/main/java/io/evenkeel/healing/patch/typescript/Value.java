package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.patch.DefinitionKind;
import java.util.List;
import java.util.Map;

/** What an argument of a locator call is, with the places its text comes from. */
sealed interface Value {

    /** Returns the argument as source code with all names replaced by what they stand for. */
    String code();

    /** A stretch of literal text. */
    record Piece(String text, SourceUnit unit, SyntaxNode literal, int start, int end, Origin origin) {}

    /** How the resolver came to a piece. */
    record Origin(DefinitionKind kind, String name) {
        static final Origin CALL = new Origin(DefinitionKind.CALL, "");
    }

    /** A string: one piece for a plain literal, several for templates and sums. */
    record Text(List<Piece> pieces) implements Value {
        @Override
        public String code() {
            return Quotes.quote(value(), '\'');
        }

        String value() {
            StringBuilder out = new StringBuilder();
            pieces.forEach(p -> out.append(p.text()));
            return out.toString();
        }
    }

    /** A regular expression literal, between and without its slashes. */
    record Regex(Piece source, String flags) implements Value {
        @Override
        public String code() {
            return "/" + source.text() + "/" + flags;
        }
    }

    /** An object literal. */
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

    /** Anything else that stands for itself: a number, a flag. */
    record Verbatim(String code) implements Value {}

    /** A locator given as an argument. */
    record Inner(Chain chain) implements Value {
        @Override
        public String code() {
            return "page." + chain.code();
        }
    }
}
