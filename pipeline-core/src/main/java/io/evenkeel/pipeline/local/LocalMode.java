package io.evenkeel.pipeline.local;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.WebServer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How several executors are made of one machine.
 *
 * <p>Immutable.
 */
public sealed interface LocalMode {

    /** Calls the function for this variant. */
    <T> T match(Function<InPlace, T> inPlace, Function<Separate, T> separate, Function<OneRun, T> oneRun);

    /** One executor: the command runs where it was typed, and nothing needs to be listed or copied. */
    record InPlace() implements LocalMode {
        @Override
        public <T> T match(Function<InPlace, T> inPlace, Function<Separate, T> separate, Function<OneRun, T> oneRun) {
            return inPlace.apply(this);
        }
    }

    /** Each executor runs its share in a work copy of its own. */
    record Separate(int executors) implements LocalMode {
        @Override
        public <T> T match(Function<InPlace, T> inPlace, Function<Separate, T> separate, Function<OneRun, T> oneRun) {
            return separate.apply(this);
        }
    }

    /**
     * One run where the command was typed, with more workers.
     *
     * @param workers value for {@code --workers}
     * @param reason one sentence for the user
     */
    record OneRun(int workers, String reason) implements LocalMode {
        @Override
        public <T> T match(Function<InPlace, T> inPlace, Function<Separate, T> separate, Function<OneRun, T> oneRun) {
            return oneRun.apply(this);
        }
    }

    /**
     * Decides; pure.
     *
     * @param suite what the command runs
     * @param words the command
     * @param executors wanted, at least 1
     * @param portVariable environment variable through which the configuration takes its port, empty when the user named none
     */
    static LocalMode decide(Suite suite, List<String> words, int executors, String portVariable) {
        if (executors < 1) {
            throw new IllegalArgumentException("The executors (" + executors + ") must be at least 1.");
        }
        if (executors == 1) {
            return new InPlace();
        }
        int workers = executors * suite.config().workers();
        Optional<WebServer> fixed = suite.webServers().stream()
                .filter(server -> server.fixedPort().isPresent())
                .findFirst();
        if (fixed.isPresent() && portVariable.isBlank()) {
            return new OneRun(
                    workers,
                    "The web server of the configuration uses port "
                            + fixed.get().port()
                            + ", so it can run only once: one run with " + workers
                            + " workers instead of " + executors
                            + " executors. If the configuration takes its port from a variable, name it with --port-variable.");
        }
        if (words.stream().anyMatch(LocalMode::updatesSnapshots)) {
            return new OneRun(
                    workers,
                    "Snapshots are updated in the project itself, so it is one run with " + workers
                            + " workers instead of " + executors + " executors.");
        }
        return new Separate(executors);
    }

    private static boolean updatesSnapshots(String word) {
        return Set.of("-u", "--update-snapshots").contains(word) || word.startsWith("--update-snapshots=");
    }
}
