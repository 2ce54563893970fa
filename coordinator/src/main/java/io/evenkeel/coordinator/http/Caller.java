package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Project;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: a project by its token, or nobody.
 *
 * <p>Immutable.
 *
 * @param known the project of the token, empty without one
 */
record Caller(Optional<Project> known) {

    private static final String ATTRIBUTE = "evenkeel.caller";

    static Caller of(Context context) {
        @Nullable Caller caller = context.attribute(ATTRIBUTE);
        if (caller == null) {
            throw new IllegalStateException("The route (" + context.path() + ") must be checked before it is served.");
        }
        return caller;
    }

    void attach(Context context) {
        context.attribute(ATTRIBUTE, this);
    }

    /** Returns the project; the route has declared that there must be one. */
    Project project() {
        return known.orElseThrow(() -> new IllegalStateException("The route must ask for a project token."));
    }

    /** Returns the project that reading is limited to; empty for all. */
    OptionalLong scope() {
        return known.isPresent() ? OptionalLong.of(known.get().id()) : OptionalLong.empty();
    }

    /** Returns whether something of this project may be read. */
    boolean mayRead(long projectId) {
        return known.isEmpty() || known.get().id() == projectId;
    }
}
