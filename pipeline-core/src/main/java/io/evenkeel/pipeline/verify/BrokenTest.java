package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A test that failed in the run for the cause that is to be repaired.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id
 * @param title as people read it, {@code [project] › file › describe › test}
 * @param errors all errors of its last attempt
 * @param later the steps behind that one where it failed with the repairs before them, in the order it gets to them; empty as a rule
 */
public record BrokenTest(String id, String title, List<ErrorInfo> errors, List<LaterStep> later) {

    /**
     * A step that is repaired too.
     *
     * @param patch its repair
     * @param errors all errors of the attempt that failed there, with paths of the project
     */
    public record LaterStep(Patch patch, List<ErrorInfo> errors) {
        public LaterStep {
            errors = List.copyOf(errors);
        }
    }

    public BrokenTest {
        errors = List.copyOf(errors);
        later = List.copyOf(later);
    }

    /** A test that is repaired in one place. */
    public BrokenTest(String id, String title, List<ErrorInfo> errors) {
        this(id, title, errors, List.of());
    }

    /** Returns this test with one more step behind those it has. */
    public BrokenTest then(LaterStep step) {
        List<LaterStep> steps = new ArrayList<>(later);
        steps.add(step);
        return new BrokenTest(id, title, errors, steps);
    }

    /** Returns this test as it failed at each of its steps, in order. */
    List<BrokenTest> steps() {
        return Stream.concat(Stream.of(errors), later.stream().map(LaterStep::errors))
                .map(at -> new BrokenTest(id, title, at))
                .toList();
    }
}
