package io.evenkeel.pipeline.verify;

import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import java.util.List;

/**
 * A test that failed in the run for the cause that is to be repaired.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id
 * @param title as people read it, {@code [project] › file › describe › test}
 * @param errors all errors of its last attempt
 */
public record BrokenTest(String id, String title, List<ErrorInfo> errors) {

    public BrokenTest {
        errors = List.copyOf(errors);
    }
}
