package io.evenkeel.pipeline.verify;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of one test in a verification run.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id
 * @param status how it ended
 * @param expected how its author expects it to end
 * @param errors all its errors, in order
 * @param trace its trace, empty when none was written
 */
public record TestRun(
        String id, AttemptStatus status, AttemptStatus expected, List<ErrorInfo> errors, Optional<Path> trace) {

    public TestRun {
        errors = List.copyOf(errors);
    }

    /** Returns this attempt with its errors as they would read in another folder than the one the test ran in. */
    TestRun moved(Path from, Path to) {
        String old = from + "/";
        String now = to + "/";
        List<ErrorInfo> there = errors.stream()
                .map(error -> new ErrorInfo(
                        error.message().replace(old, now),
                        error.stack().map(stack -> stack.replace(old, now)),
                        error.location()
                                .map(at -> new SourceLocation(at.file().replace(old, now), at.line(), at.column())),
                        error.snippet()))
                .toList();
        return new TestRun(id, status, expected, there, trace);
    }

    /** Returns whether the test ran to its end as expected; a skipped test did not. */
    public boolean passed() {
        return status == expected && status != AttemptStatus.SKIPPED;
    }
}
