package io.evenkeel.bench.heal;

import io.evenkeel.healing.json.WeightsJson;
import io.evenkeel.healing.match.QuerySignals;
import io.evenkeel.healing.match.Signal;
import io.evenkeel.healing.match.Signals;
import io.evenkeel.healing.match.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evenkeel-bench train-heal}: makes the weights that healing-core ships. */
@Command(
        name = "train-heal",
        description =
                "Trains both rankers on our own mutation corpus and the fixtures (cases.json) of a folder; same data, same weights.",
        mixinStandardHelpOptions = true)
public final class TrainHealCommand implements Callable<Integer> {

    /** Seed of the pages that are trained on; held-out pages start elsewhere. */
    static final long TRAINING_SEED = 1_000_000;

    /** Pages a cross-validated model without reference trains on beside the fixtures, which are too few alone. */
    static final int CV_PAGES = 60;

    /** Seed of the pages that are measured. */
    static final long HELD_OUT_SEED = 9_000_000;

    @Parameters(paramLabel = "FOLDER", description = "folder with cases.json files at any depth")
    private Path folder = Path.of(".");

    @Option(names = "--out", description = "where to write the weights (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("healing-core/src/main/resources/io/evenkeel/healing/json");

    @Option(names = "--pages", description = "pages of the mutation corpus (default: ${DEFAULT-VALUE})")
    private int pages = 900;

    /** Fitting is the same for both models; the one without reference has fewer signals and bears less shrinking. */
    static Trainer trainer(List<Signal> signals) {
        return new Trainer(signals, signals.equals(Signals.ALL) ? 2e-3 : 2e-4, 150);
    }

    @Override
    public Integer call() throws IOException {
        MutationCorpus corpus = MutationCorpus.of(pages, TRAINING_SEED);
        write("reference", corpus.reference().cases(), List.of(), Signals.ALL);
        List<HealCase> fixtures = new ArrayList<>();
        for (HealDataset dataset : HealFolder.read(folder)) {
            if (dataset.mode().equals(HealDataset.NO_REFERENCE)) {
                fixtures.addAll(dataset.cases());
            }
        }
        write("no-reference", corpus.noReference().cases(), fixtures, QuerySignals.ALL);
        return 0;
    }

    private void write(String model, List<HealCase> cases, List<HealCase> fixtures, List<Signal> signals)
            throws IOException {
        Weights weights = Evaluation.trained(cases, fixtures, signals, trainer(signals));
        Files.createDirectories(out);
        Path file = out.resolve("weights-" + model + ".json");
        Files.writeString(file, WeightsJson.write(weights, signals) + "\n");
        System.err.println(file + ": trained on " + (cases.size() + fixtures.size()) + " cases");
    }
}
