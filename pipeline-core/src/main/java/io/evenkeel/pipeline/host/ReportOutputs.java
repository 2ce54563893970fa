package io.evenkeel.pipeline.host;

import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import io.evenkeel.pipeline.summary.RunSummary;
import java.util.LinkedHashMap;
import java.util.Map;

/** What later steps and jobs may want to know of a run, by the names the CIs show. */
public final class ReportOutputs {

    private ReportOutputs() {}

    /** Returns names and one-line values, in this order. */
    public static Map<String, String> of(Publication publication) {
        RunSummary summary = publication.summary();
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("verdict", summary.verdict().word());
        outputs.put("exit-code", String.valueOf(publication.decision().code().value()));
        outputs.put("sentence", summary.sentence());
        outputs.put("discovered", String.valueOf(summary.coverage().discovered()));
        outputs.put("executed", String.valueOf(summary.coverage().executed()));
        outputs.put("failed", String.valueOf(summary.counts().failed()));
        outputs.put("new", count(summary, Kind.NEW));
        outputs.put("flaky", String.valueOf(summary.counts().flaky()));
        outputs.put("quarantined", count(summary, Kind.QUARANTINED));
        outputs.put(
                "healed",
                String.valueOf(summary.findings().heals().stream()
                        .filter(heal ->
                                heal.verification().map(v -> v.success()).orElse(false))
                        .count()));
        return outputs;
    }

    private static String count(RunSummary summary, Kind kind) {
        return String.valueOf(summary.failures().stream()
                .filter(test -> test.counts() && test.diagnosis().label().kind() == kind)
                .count());
    }
}
