package io.evenkeel.pipeline.client;

import java.util.Map;

/**
 * What the coordinator makes of a run that has ended.
 *
 * <p>Immutable.
 *
 * @param verdict of the whole run, such as {@code failed}
 * @param labels whose failure it is, by test id; empty from a coordinator that does not judge
 */
public record RunFinished(String verdict, Map<String, Label> labels) {

    public RunFinished {
        labels = Map.copyOf(labels);
    }

    /** A label such as {@code known flaky}, and the sentence that explains it. */
    public record Label(String label, String evidence) {}
}
