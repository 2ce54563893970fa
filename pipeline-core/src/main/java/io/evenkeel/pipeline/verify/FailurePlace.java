package io.evenkeel.pipeline.verify;

import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a test failed, comparable between the project and its copy.
 *
 * <p>Immutable.
 *
 * @param frames the calls from the failing one out to the test, each {@code file:line} relative to the project; empty when the
 *     errors name no place
 */
record FailurePlace(List<String> frames) {

    /** A stack line of V8: {@code at name (file:line:column)} or {@code at file:line:column}. */
    private static final Pattern FRAME =
            Pattern.compile("\\bat (?:[^\\n]*\\()?(?:file://)?([^()\\n]+?):(\\d+):\\d+\\)?");

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
            Set<String> frames = new LinkedHashSet<>();
            error.location().flatMap(at -> relative(at.file(), at.line(), root)).ifPresent(frames::add);
            Matcher matcher = FRAME.matcher(error.stack().orElse(""));
            while (matcher.find()) {
                relative(matcher.group(1), Integer.parseInt(matcher.group(2)), root)
                        .ifPresent(frames::add);
            }
            if (!frames.isEmpty()) {
                return new FailurePlace(new ArrayList<>(frames));
            }
        }
        return new FailurePlace(List.of());
    }

    private static Optional<String> relative(String file, int line, Path root) {
        String path = file.replace('\\', '/');
        String prefix = root.toString().replace('\\', '/') + "/";
        if (!path.startsWith(prefix) || path.contains("/node_modules/")) {
            return Optional.empty();
        }
        return Optional.of(path.substring(prefix.length()) + ":" + line);
    }

    boolean isKnown() {
        return !frames.isEmpty();
    }

    /** Returns the innermost place, or {@code an unknown place}. */
    String innermost() {
        return frames.isEmpty() ? "an unknown place" : frames.get(0);
    }
}
