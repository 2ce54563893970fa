package io.evenkeel.bench.mutate;

import java.io.IOException;
import java.util.Locale;

/** A way to change the shop. */
enum Operator {
    TEXT(Kind.REPAIRABLE, Wordings::text),
    LABEL(Kind.REPAIRABLE, Wordings::label),
    PLACEHOLDER(Kind.REPAIRABLE, Wordings::placeholder),
    ACCESSIBLE_NAME(Kind.REPAIRABLE, Wordings::accessibleName),
    TEST_ID(Kind.REPAIRABLE, Names::testId),
    ID(Kind.REPAIRABLE, Names::id),
    CSS_CLASS(Kind.REPAIRABLE, Names::cssClass),
    MOVED(Kind.REPAIRABLE, Shapes::move),
    ROLE(Kind.REPAIRABLE, Shapes::otherRole),
    TAG(Kind.REPAIRABLE, Shapes::otherTag),
    TWIN(Kind.REPAIRABLE, Shapes::twin),
    TEXT_AND_WRAPPED(Kind.REPAIRABLE, draft -> Wordings.text(draft) && Shapes.wrap(draft)),
    NAME_AND_MOVED(Kind.REPAIRABLE, draft -> Shapes.move(draft) && (Names.testId(draft) || Names.id(draft))),
    REMOVED(Kind.NEGATIVE, Losses::removed),
    HIDDEN(Kind.NEGATIVE, Losses::hidden),
    DISABLED(Kind.NEGATIVE, Losses::disabled),
    REPLACED(Kind.NEGATIVE, Losses::replaced),
    DEAD(Kind.NEGATIVE, Losses::dead),
    TEXT_AND_DEAD(Kind.NEGATIVE, Losses::rewordedAndDead);

    /** Whether a locator can be right again. */
    enum Kind {
        REPAIRABLE,
        NEGATIVE
    }

    /** Changes a draft. */
    @FunctionalInterface
    private interface Change {
        boolean apply(Draft draft) throws IOException;
    }

    private final Kind kind;
    private final Change change;

    Operator(Kind kind, Change change) {
        this.kind = kind;
        this.change = change;
    }

    Kind kind() {
        return kind;
    }

    /**
     * Changes the page of a draft; it is not written yet.
     *
     * @return false when the operator does not fit the element or would not touch what the locator asks for; then the copy of the
     *     shop may be half changed and must be thrown away
     */
    boolean apply(Draft draft) throws IOException {
        return change.apply(draft);
    }

    /** Returns the name in tables, such as {@code css-class}. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
