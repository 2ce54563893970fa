package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a test failed, comparable between the project and its copy.
 *
 * <p>Immutable.
 *
 * @param frames the calls from the failing one out to the test, each {@code file:line} relative to the project; empty when the
 *     errors name no place
 */
record FailurePlace(List<String> frames) {

    FailurePlace {
        frames = List.copyOf(frames);
    }

    /**
     * Returns the place of the first error that names one.
     *
     * @param root folder the files are made relative to
     */
    static FailurePlace of(List<ErrorInfo> errors, Path root) {
        for (ErrorInfo error : errors) {
            CallSite place = error.location()
                    .map(at -> new CallSite(at.file(), Math.max(0, at.line()), Math.max(0, at.column())))
                    .orElse(CallSite.UNKNOWN);
            List<String> frames = CallStack.of(place, error.stack().orElse("")).frames().stream()
                    .flatMap(frame -> relative(frame, root).stream())
                    .distinct()
                    .toList();
            if (!frames.isEmpty()) {
                return new FailurePlace(frames);
            }
        }
        return new FailurePlace(List.of());
    }

    private static Optional<String> relative(CallSite frame, Path root) {
        CallSite inside = frame.relativeTo(root.toString());
        boolean own = !inside.equals(frame) && !frame.file().contains("/node_modules/");
        return own ? Optional.of(inside.file() + ":" + inside.line()) : Optional.empty();
    }

    boolean isKnown() {
        return !frames.isEmpty();
    }

    /** Returns the innermost place, or {@code an unknown place}. */
    String innermost() {
        return frames.isEmpty() ? "an unknown place" : frames.get(0);
    }
}
