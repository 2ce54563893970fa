package io.evenkeel.healing;

import io.evenkeel.healing.classify.ReportedError;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.trace.TraceFile;
import java.util.List;

/**
 * What a failed attempt left behind.
 *
 * <p>Immutable.
 *
 * @param errors all entries of {@code errors[]}, in order
 * @param trace the trace of the attempt
 * @param errorContext text of {@code error-context.md}; empty if there is none
 * @param references what was learned from passing runs
 * @param project the project under test
 */
public record FailureEvidence(
        List<ReportedError> errors, TraceFile trace, String errorContext, ReferenceBook references, Project project) {

    public FailureEvidence {
        errors = List.copyOf(errors);
    }
}
