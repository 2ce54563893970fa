package io.evenkeel.pipeline.verify;

import io.evenkeel.pipeline.agent.Agent;
import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.agent.RunOutput;
import io.evenkeel.pipeline.agent.Share;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs tests with the user's own command, by an agent.
 *
 * <p>The user's reporters are left out, so that nobody is told of a run that is only a proof; traces are recorded whatever the
 * configuration says. Snapshots are never rewritten: a test that writes what it compares with proves nothing. One thread.
 */
public final class AgentTestRunner implements TestRunner {

    private static final List<String> OPTIONS = List.of("--retries=0", "--trace=on", "--max-failures=0");

    /** Playwright adds a terminal reporter of its own unless one of the reporters says, or does not deny, that it prints. */
    private static final String QUIET_REPORTER = "module.exports = class {};\n";

    private static final Set<String> SNAPSHOT_MODES = Set.of("all", "changed", "missing", "none");

    private final RunCommand command;
    private final Path root;
    private final Map<String, String> inherited;
    private final InstantSource clock;
    private final Consumer<String> people;

    /**
     * @param command the user's command, typed in a folder inside of {@code root}
     * @param root the project folder that is copied, with symbolic links resolved
     * @param inherited environment of this process
     * @param clock time of the events
     * @param people takes lines for the user
     */
    public AgentTestRunner(
            RunCommand command,
            Path root,
            Map<String, String> inherited,
            InstantSource clock,
            Consumer<String> people) {
        this.command = command;
        this.root = root;
        this.inherited = Map.copyOf(inherited);
        this.clock = clock;
        this.people = people;
    }

    @Override
    public RunResult run(Run run) {
        Path folder = command.folder();
        try {
            folder = folder.toRealPath();
        } catch (IOException e) {
            return new RunResult.CouldNotRun("The folder " + folder + " is gone. Check out the project again.");
        }
        if (!folder.startsWith(root)) {
            return new RunResult.CouldNotRun(
                    "The command is typed in " + folder + ", outside of the project " + root + ". Type it inside.");
        }
        RunCommand inCopy = command.withWords(words())
                .in(run.root().resolve(root.relativize(folder).toString()));
        List<String> options = new ArrayList<>(OPTIONS);
        try {
            options.add("--reporter=" + Files.writeString(run.record().resolve("quiet.cjs"), QUIET_REPORTER));
        } catch (IOException e) {
            return new RunResult.CouldNotRun(
                    "The folder " + run.record() + " cannot be written (" + e.getMessage() + "). Free some room.");
        }
        AgentRequest request = new AgentRequest(
                inCopy, options, new Share.Ids(run.ids()), run.record(), new SpoolId("verify", 0, "verify"));
        Agent agent = new Agent(
                inherited, clock, people, new RunOutput.Kept(run.record().resolve("output.txt")));
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "evenkeel-verify-limit");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ScheduledFuture<?> end =
                    watch.schedule(agent::interrupt, run.limit().toMillis(), TimeUnit.MILLISECONDS);
            AgentOutcome outcome = agent.run(request);
            end.cancel(false);
            return outcome.match(new Results(run));
        } finally {
            watch.shutdownNow();
        }
    }

    /** Returns the user's words without what would stop early or rewrite snapshots. */
    private List<String> words() {
        List<String> kept = new ArrayList<>();
        List<String> words = command.words();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean update = word.equals("-u") || word.equals("--update-snapshots");
            if (update && i + 1 < words.size() && SNAPSHOT_MODES.contains(words.get(i + 1))) {
                i++;
            } else if (!update && !word.equals("-x") && !word.startsWith("--update-snapshots=")) {
                kept.add(word);
            }
        }
        return kept;
    }

    /** Turns the end of the agent into a result. */
    private static final class Results implements AgentOutcome.Cases<RunResult> {

        private final Run run;

        Results(Run run) {
            this.run = run;
        }

        @Override
        public RunResult ran(AgentOutcome.Ran ran) {
            return ended(ran.spools(), "No test was run.");
        }

        @Override
        public RunResult incomplete(AgentOutcome.Incomplete incomplete) {
            return ended(incomplete.spools(), incomplete.message());
        }

        private RunResult ended(List<Path> spools, String otherwise) {
            try {
                SpoolTests tests = SpoolTests.of(spools, run);
                boolean nothing = run.ids().stream().noneMatch(tests::has);
                return nothing
                        ? new RunResult.CouldNotRun(tests.errorOutside().orElse(otherwise))
                        : new RunResult.Ended(tests.all());
            } catch (IOException e) {
                return new RunResult.CouldNotRun("The results of the run cannot be read (" + e.getMessage() + ").");
            }
        }

        @Override
        public RunResult interrupted(AgentOutcome.Interrupted interrupted) {
            try {
                return new RunResult.OutOfTime(
                        SpoolTests.of(interrupted.spools(), run).all());
            } catch (IOException e) {
                return new RunResult.OutOfTime(List.of());
            }
        }

        @Override
        public RunResult nothingToDo(AgentOutcome.NothingToDo nothingToDo) {
            return new RunResult.CouldNotRun("There is no test to run.");
        }

        @Override
        public RunResult refused(AgentOutcome.Refused refused) {
            return new RunResult.CouldNotRun(refused.message());
        }

        @Override
        public RunResult notStarted(AgentOutcome.NotStarted notStarted) {
            return new RunResult.CouldNotRun(notStarted.message());
        }
    }
}
