package io.evenkeel.bench.heal;

import io.evenkeel.bench.JsonLines;
import io.evenkeel.healing.json.WeightsJson;
import io.evenkeel.healing.match.QuerySignals;
import io.evenkeel.healing.match.Signal;
import io.evenkeel.healing.match.Signals;
import io.evenkeel.pipeline.ai.EmbeddingsJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evenkeel-bench heal}: how well elements are found again, and how often nothing is found where nothing is. */
@Command(
        name = "heal",
        description = "Scores the rankers on labelled folders: ours, Healenium's, Similo's, role+name, text+tag.",
        mixinStandardHelpOptions = true)
public final class HealCommand implements Callable<Integer> {

    /** Our own entry, whatever weights it has. */
    private static final String OURS = "evenkeel";

    /** Beside cross-validated weights: those of the release, which were trained elsewhere. */
    private static final String SHIPPED = "shipped";

    /** Candidates of a page for which the time of a match is promised. */
    private static final int CROWD = 1_000;

    @Parameters(paramLabel = "FOLDER", description = "site JSONs, cases.json, groups.json at any depth")
    private Path folder = Path.of(".");

    @Option(
            names = "--cv",
            description =
                    "train and calibrate by site in eight folds; the shipped weights stand beside it as method 'shipped'")
    private boolean crossValidated;

    @Option(
            names = "--mutations",
            description =
                    "also score our own mutation corpus of this many pages (default: ${DEFAULT-VALUE}; 0 leaves it out)")
    private int pages = 100;

    @Option(
            names = "--plot",
            paramLabel = "<svg>",
            description = "with --cv: draw how often answers of a given confidence were right")
    private Optional<Path> plot = Optional.empty();

    @Option(
            names = "--embeddings",
            paramLabel = "<jar>",
            description =
                    "also ask evenkeel-embeddings.jar where an answer is in doubt: method '...+embeddings', and a line with how often and how long")
    private Optional<Path> embeddings = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Optional<Embedded> embedded;
        try {
            embedded =
                    embeddings.map(jar -> new Embedded(EmbeddingsJar.of(jar, "").adviser(System.err::println)));
        } catch (IllegalArgumentException e) {
            System.err.println("--embeddings: " + e.getMessage());
            return 2;
        }
        JsonLines out = new JsonLines(System.out);
        List<HealDataset> datasets = new ArrayList<>(HealFolder.read(folder));
        if (datasets.isEmpty()) {
            System.err.println("No labelled file in " + folder + ": expected site JSONs, cases.json or groups.json.");
            return 2;
        }
        Map<String, List<Answered>> held = new HashMap<>();
        for (String mode :
                crossValidated ? List.of(HealDataset.REFERENCE, HealDataset.NO_REFERENCE) : List.<String>of()) {
            held.put(mode, held(mode, datasets));
        }
        for (HealDataset dataset : datasets) {
            score(dataset, held.getOrDefault(dataset.mode(), List.of()), embedded, out);
        }
        if (plot.isPresent()) {
            List<Answered> answers = held.getOrDefault(HealDataset.REFERENCE, List.of());
            Files.writeString(plot.get(), CalibrationPlot.svg("Calibration, sites held out", answers));
        }
        if (pages > 0) {
            MutationCorpus corpus = MutationCorpus.of(pages, TrainHealCommand.HELD_OUT_SEED);
            for (HealDataset own : List.of(corpus.reference(), corpus.noReference(), corpus.crowded(CROWD))) {
                ours(own, OURS, shipped(own), embedded, out);
            }
        }
        return 0;
    }

    /** Answers of models that have not seen the site. */
    private static List<Answered> held(String mode, List<HealDataset> datasets) {
        List<HealCase> cases = datasets.stream()
                .filter(d -> d.mode().equals(mode))
                .flatMap(d -> d.cases().stream())
                .toList();
        List<Signal> signals = signals(mode);
        List<HealCase> background = mode.equals(HealDataset.REFERENCE) || cases.isEmpty()
                ? List.of()
                : MutationCorpus.of(TrainHealCommand.CV_PAGES, TrainHealCommand.TRAINING_SEED)
                        .noReference()
                        .cases();
        return cases.isEmpty()
                ? List.of()
                : Evaluation.crossValidated(cases, background, signals, TrainHealCommand.trainer(signals));
    }

    private static List<Signal> signals(String mode) {
        return mode.equals(HealDataset.REFERENCE) ? Signals.ALL : QuerySignals.ALL;
    }

    private static Report.Heading heading(HealDataset dataset, String method) {
        return new Report.Heading(dataset.name(), dataset.mode(), method);
    }

    private static void score(HealDataset dataset, List<Answered> held, Optional<Embedded> embedded, JsonLines out) {
        Set<HealCase> mine = Collections.newSetFromMap(new IdentityHashMap<>());
        mine.addAll(dataset.cases());
        List<Answered> own = held.stream().filter(a -> mine.contains(a.of())).toList();
        if (!own.isEmpty()) {
            ours(dataset, OURS, own, embedded, out);
        }
        ours(dataset, own.isEmpty() ? OURS : SHIPPED, shipped(dataset), embedded, out);
        if (dataset.mode().equals(HealDataset.REFERENCE)) {
            for (Method method :
                    List.of(new Healenium(), Baselines.similo(), Baselines.roleAndName(), Baselines.textAndTag())) {
                Report.Heading heading = heading(dataset, method.name());
                print(Report.other(heading, ask(method, dataset.cases()), method.threshold()), out);
            }
        }
    }

    private static void ours(
            HealDataset dataset, String method, List<Answered> answers, Optional<Embedded> embedded, JsonLines out) {
        print(Report.ours(heading(dataset, method), answers), out);
        if (embedded.isPresent()) {
            print(
                    Report.ours(
                            heading(dataset, method + "+embeddings"),
                            embedded.get().of(answers)),
                    out);
            out.print(embedded.get().counts(dataset.name() + " " + dataset.mode() + " " + method));
        }
    }

    private static List<Answered> shipped(HealDataset dataset) {
        List<Signal> signals = signals(dataset.mode());
        String model = dataset.mode().equals(HealDataset.REFERENCE) ? "reference" : "no-reference";
        return Evaluation.with(WeightsJson.shipped(model, signals), signals, dataset.cases());
    }

    private static List<Answered> ask(Method method, List<HealCase> cases) {
        List<Answered> answers = new ArrayList<>();
        for (HealCase one : cases) {
            long start = CpuClock.nanos();
            Method.Scored scored = method.answer(one);
            answers.add(
                    new Answered(one, scored.order(), scored.score(), method.threshold(), CpuClock.nanos() - start));
        }
        return answers;
    }

    private static void print(List<Map<String, Object>> lines, JsonLines out) {
        lines.forEach(out::print);
    }
}
