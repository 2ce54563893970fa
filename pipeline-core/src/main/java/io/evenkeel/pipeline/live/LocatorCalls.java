package io.evenkeel.pipeline.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.Step;
import io.evenkeel.healing.synthesis.TextPattern;
import java.util.Optional;

/**
 * A locator as a list of calls: {@code [{"call":"getByRole","args":[{"literal":"button"},…]}]}.
 *
 * <p>Texts of a page become values and never code. An argument is one of {@code literal}, {@code regex} with {@code flags}, {@code locator} and {@code options}. Pure.
 */
final class LocatorCalls {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LocatorCalls() {}

    /** Returns the calls; empty for a locator that leads into a frame: what lies in frames is not healed live. */
    static Optional<ArrayNode> of(Locator locator) {
        boolean framed = locator.steps().stream()
                .anyMatch(step -> step.match(new Step.Cases<>(
                        r -> false,
                        t -> false,
                        s -> false,
                        f -> false,
                        new Step.Others<>(p -> false, f -> true, c -> false))));
        return framed ? Optional.empty() : Optional.of(calls(locator));
    }

    private static ArrayNode calls(Locator locator) {
        ArrayNode calls = JSON.arrayNode();
        locator.steps().forEach(step -> calls.add(call(step)));
        return calls;
    }

    private static ObjectNode call(Step step) {
        return step.match(new Step.Cases<>(
                LocatorCalls::role,
                by -> call(by.family().method(), pattern(by.text()), exact(by.text())),
                by -> call("locator", literal(by.selector())),
                filter -> call(
                        "filter",
                        options(JSON.objectNode().set(filter.kind().option(), condition(filter.condition())))),
                new Step.Others<>(
                        pick -> pick.position() < 0 ? call("last") : call("nth", number(pick.position())),
                        frame -> {
                            throw new IllegalArgumentException(
                                    "A locator that leads into a frame must not be written.");
                        },
                        combine -> call(combine.method(), locator(combine.other())))));
    }

    private static ObjectNode call(String name, ObjectNode... arguments) {
        ObjectNode call = JSON.objectNode().put("call", name);
        ArrayNode all = call.putArray("args");
        for (ObjectNode argument : arguments) {
            if (!argument.isEmpty()) {
                all.add(argument);
            }
        }
        return call;
    }

    private static ObjectNode role(Step.ByRole by) {
        ObjectNode options = JSON.objectNode();
        by.name().forEach(name -> {
            options.set("name", pattern(name));
            name.match(l -> options, e -> options.set("exact", flag(true)), r -> options);
        });
        by.options().forEach((key, value) -> options.set(key, written(value)));
        return call("getByRole", literal(by.role()), options(options));
    }

    private static ObjectNode condition(Step.Condition condition) {
        if (!condition.text().isEmpty()) {
            return pattern(condition.text().get(0));
        }
        return condition.inner().isEmpty()
                ? written(condition.flag())
                : locator(condition.inner().get(0));
    }

    private static ObjectNode locator(Locator locator) {
        return JSON.objectNode().set("locator", calls(locator));
    }

    private static ObjectNode pattern(TextPattern text) {
        return text.match(
                loose -> literal(loose.value()),
                exact -> literal(exact.value()),
                regex -> JSON.objectNode().put("regex", regex.source()).put("flags", regex.flags()));
    }

    private static ObjectNode exact(TextPattern text) {
        return text.match(
                l -> JSON.objectNode(),
                e -> options(JSON.objectNode().set("exact", flag(true))),
                r -> JSON.objectNode());
    }

    private static ObjectNode options(ObjectNode options) {
        return options.isEmpty() ? options : JSON.objectNode().set("options", options);
    }

    private static ObjectNode literal(String value) {
        return JSON.objectNode().put("literal", value);
    }

    private static ObjectNode flag(boolean value) {
        return JSON.objectNode().put("literal", value);
    }

    private static ObjectNode number(int value) {
        return JSON.objectNode().put("literal", value);
    }

    /** An option as it stands in the source: a word for yes or no, a number, or a text. */
    private static ObjectNode written(String value) {
        if (value.equals("true") || value.equals("false")) {
            return flag(value.equals("true"));
        }
        return value.matches("\\d{1,9}")
                ? number(Integer.parseInt(value))
                : literal(value.replaceAll("^(['\"])(.*)\\1$", "$2"));
    }
}
