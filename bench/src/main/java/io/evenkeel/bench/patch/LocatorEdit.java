package io.evenkeel.bench.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.healing.synthesis.Locator;
import java.util.Optional;

/**
 * A locator call that a maintainer replaced by another.
 *
 * @param commit where it was replaced; its parent holds the old call
 */
record LocatorEdit(String repo, String commit, String file, Call old, Call now) {

    /**
     * A call as written in the source.
     *
     * @param value first argument, without quotes
     * @param options inside of the braces; empty if there are none
     */
    record Call(String method, String value, String options) {

        static Call read(JsonNode json) {
            return new Call(
                    json.path("method").asText(),
                    json.path("value").asText(),
                    json.path("options").asText());
        }

        /** Whether nothing in it is known only at run time. */
        boolean direct() {
            return !value.contains("${") && locator().isPresent();
        }

        Optional<Locator> locator() {
            return Locator.parse(code());
        }

        String code() {
            return method + "(" + quoted() + (options.isEmpty() ? "" : ", { " + options + " }") + ")";
        }

        private String quoted() {
            if (value.startsWith("/") && value.lastIndexOf('/') > 0 && method.startsWith("getBy")) {
                return value;
            }
            String mark = !value.contains("'") ? "'" : !value.contains("\"") ? "\"" : "`";
            return mark + value + mark;
        }
    }

    static LocatorEdit read(JsonNode json) {
        return new LocatorEdit(
                json.path("repo").asText(),
                json.path("commit").asText(),
                json.path("file").asText(),
                Call.read(json.path("old")),
                Call.read(json.path("new")));
    }

    /** Whether both calls are one locator: only the quotes were changed, so there is nothing to repair. */
    boolean sameLocator() {
        return direct() && old.locator().equals(now.locator());
    }

    /** Whether both calls are literals. */
    boolean direct() {
        return old.direct() && now.direct();
    }
}
