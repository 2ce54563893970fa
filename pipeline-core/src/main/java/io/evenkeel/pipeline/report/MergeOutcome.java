package io.evenkeel.pipeline.report;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What came of a merge.
 *
 * <p>Immutable.
 */
public sealed interface MergeOutcome {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<Merged, T> merged, Function<NotMerged, T> notMerged);

    /**
     * The report is there.
     *
     * @param folder holds {@code html/}, {@code junit.xml} and {@code report.json}
     * @param tests tests in the report, each once
     * @param notes what is missing in it and why, one sentence each; empty when nothing is
     */
    record Merged(Path folder, int tests, List<String> notes) implements MergeOutcome {

        public Merged {
            notes = List.copyOf(notes);
        }

        @Override
        public <T> T match(Function<Merged, T> merged, Function<NotMerged, T> notMerged) {
            return merged.apply(this);
        }
    }

    /**
     * There is no report.
     *
     * @param reason what is wrong and what to do
     * @param notes what else was found out, one sentence each
     */
    record NotMerged(String reason, List<String> notes) implements MergeOutcome {

        public NotMerged {
            notes = List.copyOf(notes);
        }

        @Override
        public <T> T match(Function<Merged, T> merged, Function<NotMerged, T> notMerged) {
            return notMerged.apply(this);
        }
    }
}
