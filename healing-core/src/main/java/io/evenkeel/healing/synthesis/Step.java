package io.evenkeel.healing.synthesis;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One call in the chain of a {@link Locator}. */
public sealed interface Step {

    /** Returns the result of the function of this variant. */
    <T> T match(Cases<T> cases);

    /**
     * One function for each variant.
     *
     * @param byRole for {@link ByRole}
     * @param byText for {@link ByText}
     * @param bySelector for {@link BySelector}
     * @param filter for {@link Filter}
     * @param other for {@link Pick}, {@link Frame} and {@link Combine}
     */
    record Cases<T>(
            Function<ByRole, T> byRole,
            Function<ByText, T> byText,
            Function<BySelector, T> bySelector,
            Function<Filter, T> filter,
            Others<T> other) {}

    /** The functions for the rarer variants. */
    record Others<T>(Function<Pick, T> pick, Function<Frame, T> frame, Function<Combine, T> combine) {}

    /** The {@code getBy…} methods that take one text. */
    enum Family {
        TEXT("getByText"),
        LABEL("getByLabel"),
        PLACEHOLDER("getByPlaceholder"),
        ALT_TEXT("getByAltText"),
        TITLE("getByTitle"),
        TEST_ID("getByTestId");

        private final String method;

        Family(String method) {
            this.method = method;
        }

        /** Returns the name of the method. */
        public String method() {
            return method;
        }
    }

    /**
     * {@code getByRole}.
     *
     * @param role the role
     * @param name the accessible name; empty list if none is asked for, else one pattern
     * @param options other options as written, such as {@code level: 2}
     */
    record ByRole(String role, List<TextPattern> name, Map<String, String> options) implements Step {
        public ByRole {
            name = List.copyOf(name);
            options = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(options));
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.byRole().apply(this);
        }
    }

    /** {@code getByText}, {@code getByLabel}, {@code getByTestId} and the like. */
    record ByText(Family family, TextPattern text) implements Step {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.byText().apply(this);
        }
    }

    /** {@code locator('…')}: CSS, XPath or an engine prefix. */
    record BySelector(String selector) implements Step {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.bySelector().apply(this);
        }
    }

    /** {@code filter({…})}: narrows what was found so far. */
    record Filter(Kind kind, Condition condition) implements Step {

        /** What is asked of each element. */
        public enum Kind {
            HAS_TEXT("hasText"),
            HAS_NOT_TEXT("hasNotText"),
            HAS("has"),
            HAS_NOT("hasNot"),
            VISIBLE("visible");

            private final String option;

            Kind(String option) {
                this.option = option;
            }

            /** Returns the name of the option. */
            public String option() {
                return option;
            }
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.filter().apply(this);
        }
    }

    /**
     * The value of a filter option; which field holds it depends on the kind.
     *
     * @param text one pattern for {@code hasText} and {@code hasNotText}
     * @param inner one locator for {@code has} and {@code hasNot}
     * @param flag the word for {@code visible}
     */
    record Condition(List<TextPattern> text, List<Locator> inner, String flag) {
        public Condition {
            text = List.copyOf(text);
            inner = List.copyOf(inner);
        }

        static Condition of(TextPattern pattern) {
            return new Condition(List.of(pattern), List.of(), "");
        }

        static Condition of(Locator locator) {
            return new Condition(List.of(), List.of(locator), "");
        }

        static Condition of(String flag) {
            return new Condition(List.of(), List.of(), flag);
        }
    }

    /** {@code first()}, {@code last()} ({@code -1}) and {@code nth(n)}. */
    record Pick(int position) implements Step {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.other().pick().apply(this);
        }
    }

    /** {@code contentFrame()} after a locator: what follows is looked for in the frame's document. */
    record Frame() implements Step {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.other().frame().apply(this);
        }
    }

    /** {@code and(…)} or {@code or(…)}. */
    record Combine(String method, Locator other) implements Step {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.other().combine().apply(this);
        }
    }
}
