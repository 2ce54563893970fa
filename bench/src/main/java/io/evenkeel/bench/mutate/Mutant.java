package io.evenkeel.bench.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.bench.TimedRun;
import io.evenkeel.bench.mutate.Truth.Finding;
import io.evenkeel.bench.mutate.Usage.Session;
import io.evenkeel.pipeline.heal.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One change of one element, from the changed page to the verdict on the repair. One thread.
 *
 * @param usage the element and the tests that act on it
 * @param operator the change
 * @param seed decides among the ways an operator has
 */
record Mutant(Usage usage, Operator operator, long seed) {

    /** Tests that are run for one mutant; each is run five times. A test of a serial file brings the others of the file. */
    private static final int MOST_TESTS = 1;

    /** Returns what tells it from the others of every run. */
    String key() {
        return operator.words() + " " + usage.file() + " " + usage.css() + " " + usage.locator();
    }

    /**
     * Changes the page.
     *
     * @return the selector of the element meant, empty when it is gone; empty result when the operator does not fit
     */
    Optional<Optional<String>> make(Site site) throws IOException {
        Draft draft = new Draft(site, usage, new SplittableRandom(seed));
        if (!operator.apply(draft)) {
            return Optional.empty();
        }
        draft.save();
        return Optional.of(
                operator.kind() == Operator.Kind.REPAIRABLE
                        ? Optional.of(draft.element().cssSelector())
                        : Optional.empty());
    }

    /** Runs the tests on the changed shop, heals, and returns what came of it, as the fields of a line. */
    Map<String, Object> run(Shop shop, Optional<String> truth) throws IOException, InterruptedException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("mutant", key());
        line.put("operator", operator.words());
        line.put("kind", operator.kind().name().toLowerCase(java.util.Locale.ROOT));
        line.put("truth", truth.orElse(null));
        line.put("tests", selection());
        long begin = System.nanoTime();
        int exit = shop.test(selection());
        if (exit == 0) {
            line.put("outcome", "unnoticed");
        } else if (exit != 1) {
            line.put("outcome", "error");
            line.put("reason", "evenkeel local ended with " + exit + ".");
        } else {
            TimedRun heal = shop.heal();
            if (heal.exitCode() != 0) {
                line.put("outcome", "error");
                line.put("reason", "evenkeel heal ended with " + heal.exitCode() + ".");
            } else {
                judge(shop, truth, line);
            }
        }
        line.put("seconds", Math.round((System.nanoTime() - begin) / 1e9));
        return line;
    }

    private List<String> selection() {
        String project = usage.tests().get(0).project();
        Set<String> arguments = new LinkedHashSet<>();
        usage.tests().stream()
                .filter(test -> test.project().equals(project))
                .map(Usage.ActingTest::argument)
                .distinct()
                .limit(MOST_TESTS)
                .forEach(arguments::add);
        List<String> selection = new ArrayList<>(arguments);
        selection.add("--project=" + project);
        if (usage.tests().get(0).session() == Session.NONE) {
            selection.add("--no-deps"); // nobody needs to sign in first
        }
        return selection;
    }

    /** Of several failures the one that was believed most counts: a wrong repair more than a right one. */
    private void judge(Shop shop, Optional<String> truth, Map<String, Object> line) throws IOException {
        JsonNode results =
                new ObjectMapper().readTree(Files.readString(shop.work().resolve("heal/heals.json")));
        JsonNode told = results.path(0);
        String outcome = "refused";
        for (JsonNode result : results) {
            boolean proposed = !result.path("tier").asText().equals("refused");
            if (proposed && result.path("success").asBoolean()) {
                told = result;
                outcome = switch (new Comparison(shop, new Truth(shop.folder(), usage.locator(), truth)).finding()) {
                    case RIGHT -> "right";
                    case WRONG -> "wrong";
                    case UNKNOWN -> "unknown";
                };
            } else if (proposed && outcome.equals("refused")) {
                told = result;
                outcome = "unproven";
            }
        }
        line.put("outcome", outcome);
        line.put("tier", told.path("tier").asText());
        line.put("confidence", Math.round(told.path("confidence").asDouble() * 1000) / 1000.0);
        line.put("from", told.path("originalSelector").asText());
        line.put("to", told.path("healedSelector").asText(null));
        line.put("cause", told.path("cause").asText());
        line.put("reason", told.path("reason").asText());
    }

    /** The failed tests beside the same tests with the repair. */
    private record Comparison(Shop shop, Truth truth) {

        Finding finding() throws IOException {
            Finding best = Finding.UNKNOWN;
            for (RunRecord.Ended failed : shop.tests().failed()) {
                Optional<Path> before = failed.trace().filter(Files::isRegularFile);
                for (Path after :
                        before.isPresent() ? shop.repaired(failed.test().id()) : List.<Path>of()) {
                    Finding finding = truth.of(before.get(), after);
                    if (finding == Finding.WRONG) {
                        return finding;
                    }
                    best = finding == Finding.RIGHT ? finding : best;
                }
            }
            return best;
        }
    }
}
