package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.signature.FailureSignature;
import io.evenkeel.flaky.signature.SignatureIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Counts clusters of recorded failures, and how many fingerprints survive other numbers, ids, ports, times and paths. Static functions. */
final class SignatureMetrics {

    private static final int VARIANTS = 20;

    private record Failure(String message, String stack) {}

    private SignatureMetrics() {}

    static List<Result> measure(DataSet data) throws IOException {
        List<Failure> failures = new ArrayList<>();
        Csv.read(data.file("methods").orElseThrow(), line -> {
            if (line.get("status").equals("failed") || line.get("status").equals("errored")) {
                String type = line.get("exceptionType");
                String message = line.get("message");
                StringBuilder stack = new StringBuilder();
                for (String frame : line.get("topFrames").split(" < ", -1)) {
                    stack.append("    at ").append(frame).append('\n');
                }
                failures.add(new Failure(message.startsWith(type) ? message : type + ": " + message, stack.toString()));
            }
        });
        SignatureIndex index = new SignatureIndex();
        Map<String, Integer> sizes = new HashMap<>();
        int stable = 0;
        Random random = new Random(1);
        for (Failure failure : failures) {
            FailureSignature signature = FailureSignature.of(failure.message(), failure.stack());
            sizes.merge(index.cluster(signature), 1, Integer::sum);
            for (int i = 0; i < VARIANTS; i++) {
                FailureSignature other = FailureSignature.of(Mutation.of(failure.message(), random), failure.stack());
                stable += other.fingerprint().equals(signature.fingerprint()) ? 1 : 0;
            }
        }
        int single = (int) sizes.values().stream().filter(size -> size == 1).count();
        Result.Counts counts = Result.Counts.of(failures.size(), -1);
        return List.of(
                Result.of(data.name(), "clusters", "evenkeel", Result.Interval.of(sizes.size()), counts),
                Result.of(
                        data.name(),
                        "clusters_single",
                        "evenkeel",
                        Result.Interval.share(single, failures.size()),
                        counts),
                Result.of(
                        data.name(),
                        "mask_stability",
                        "evenkeel",
                        Result.Interval.share(stable, VARIANTS * failures.size()),
                        counts));
    }
}
