package io.evenkeel.healing.snapshot;

import java.util.function.Function;

/** What an element can contain. */
public sealed interface Content permits Element, Content.Text {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<Element, T> element, Function<Text, T> text);

    /**
     * A run of text.
     *
     * @param value as in the document, white space included
     */
    record Text(String value) implements Content {
        @Override
        public <T> T match(Function<Element, T> element, Function<Text, T> text) {
            return text.apply(this);
        }
    }
}
