package io.evenkeel.bench.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.bench.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evenkeel-bench mutate}: the example shop changed in many ways, its suite healed and proven in a real browser. */
@Command(
        name = "mutate",
        description = {
            "Changes one element of the example shop at a time, runs the tests that act on it, heals, and compares the"
                    + " element the repair acts on with the one that was meant.",
            "",
            "A mutant no test notices does not count. The file of --out gets a line for each mutant; a run that was"
                    + " interrupted goes on where it was. Prints the sums."
        },
        mixinStandardHelpOptions = true)
public final class MutateCommand implements Callable<Integer> {

    private static final double NEGATIVES = 0.3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(
            names = "--shop",
            defaultValue = "${sys:evenkeel.root:-.}/examples/shop",
            description = "The shop, with installed packages. Default: that of this checkout.")
    private Path shop = Path.of("examples/shop");

    @Option(
            names = "--evenkeel",
            defaultValue = "${sys:evenkeel.root:-.}/evenkeel",
            description = "The evenkeel command. Default: that of this checkout.")
    private Path evenkeel = Path.of("evenkeel");

    @Option(names = "--mutants", description = "How many mutants must count. Default: ${DEFAULT-VALUE}.")
    private int mutants = 60;

    @Option(names = "--seed", description = "Decides which changes are made. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", description = "File for a line for each mutant. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("mutate.jsonl");

    @Option(
            names = "--work",
            description = "Folder for the copies of the shop; those of wrong and refused repairs stay. Default: a new"
                    + " temporary one.")
    private Optional<Path> work = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(shop.resolve("node_modules"))) {
            throw new ParameterException(
                    spec.commandLine(), "The packages of " + shop + " are not installed. Run npm ci there.");
        }
        if (mutants < 1) {
            throw new ParameterException(spec.commandLine(), "--mutants (" + mutants + ") must be at least 1.");
        }
        Path folder = work.isPresent()
                ? Files.createDirectories(work.get()).toRealPath()
                : Files.createTempDirectory("evenkeel-mutate-").toRealPath();
        Shop base = base(folder);
        List<Usage> usages = Usages.of(base.tests(), base.site());
        System.err.println(usages.size() + " elements and locators are acted on; the copies are in " + folder);
        int negatives = (int) Math.round(NEGATIVES * mutants);
        Results results = new Results(out);
        run(
                base,
                results,
                List.of(
                        new Goal(
                                Operator.Kind.REPAIRABLE,
                                mutants - negatives,
                                Plan.of(usages, Operator.Kind.REPAIRABLE, seed).iterator()),
                        new Goal(
                                Operator.Kind.NEGATIVE,
                                negatives,
                                Plan.of(usages, Operator.Kind.NEGATIVE, seed).iterator())));
        JsonLines lines = new JsonLines(System.out);
        Results.summary(results.read()).forEach(lines::print);
        return 0;
    }

    /** Runs release 1 with traces and learns from it, unless that is done. */
    private Shop base(Path folder) throws IOException, InterruptedException {
        Shop base = new Shop(folder.resolve("release-1"), evenkeel.toAbsolutePath());
        if (Files.isRegularFile(base.work().resolve("learned.json"))) {
            return base;
        }
        System.err.println("release 1: a run with traces, to learn from");
        base = Shop.copy(shop, base.folder(), base.evenkeel());
        base.init();
        if (base.test(List.of()) != 0 || base.learn() != 0) {
            throw new IOException("Release 1 of the shop must pass; see the logs in " + base.folder());
        }
        return base;
    }

    /** How many mutants of one kind must count, and the order in which they are tried. */
    private record Goal(Operator.Kind kind, int count, Iterator<Mutant> order) {

        double done(Map<String, JsonNode> known) {
            return count == 0 ? 1 : (double) Results.counted(known, kind) / count;
        }
    }

    /** Whichever goal is further away is worked on, so that a run that is interrupted has its share of both. */
    private void run(Shop base, Results results, List<Goal> goals) throws IOException, InterruptedException {
        while (true) {
            Map<String, JsonNode> known = results.read();
            Optional<Goal> next = goals.stream()
                    .filter(goal -> goal.done(known) < 1 && goal.order().hasNext())
                    .min(Comparator.comparingDouble(goal -> goal.done(known)));
            if (next.isEmpty()) {
                return;
            }
            Mutant mutant = next.get().order().next();
            if (!known.containsKey(mutant.key())) {
                run(base, results, mutant);
            }
        }
    }

    private void run(Shop base, Results results, Mutant mutant) throws IOException, InterruptedException {
        Path folder = base.folder()
                .resolveSibling("mutant-" + Integer.toHexString(mutant.key().hashCode()));
        Shop copy = Shop.copy(base.folder(), folder, base.evenkeel());
        Optional<Optional<String>> truth = mutant.make(copy.site());
        if (truth.isEmpty()) {
            Shop.delete(folder);
            return;
        }
        copy.commit("release 2");
        Files.createDirectories(copy.work());
        for (String learned : List.of("references.json", "learned.json")) {
            Files.copy(base.work().resolve(learned), copy.work().resolve(learned));
        }
        Map<String, Object> line = mutant.run(copy, truth.get());
        results.add(line);
        System.err.println(line.get("outcome") + "  " + mutant.key() + "  " + line.get("seconds") + " s");
        if (List.of("right", "unnoticed").contains(String.valueOf(line.get("outcome")))) {
            Shop.delete(folder);
        }
    }
}
