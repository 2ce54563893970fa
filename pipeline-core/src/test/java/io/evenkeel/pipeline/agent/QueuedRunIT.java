package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.plan.SuiteQueue;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.LocalQueue;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.Terms;
import io.evenkeel.pipeline.queue.WorkQueue;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents that share a queue, with real Playwright runs behind the gate. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class QueuedRunIT {

    /** Short, so that waiting for a dead agent does not take half a minute. */
    private static final Terms TERMS = new Terms(Duration.ofSeconds(4), Duration.ofSeconds(1));

    @TempDir
    Path folder;

    private Path evenkeel() {
        return folder.resolve("evenkeel");
    }

    private Suite suite(RunCommand command) {
        return new Discovery(evenkeel(), System.getenv()).discover(command).match(found -> found.suite(), failed -> {
            throw new AssertionError(failed.message());
        });
    }

    /** Two machines have two disks; one folder would be one file of the last run for both. */
    private RunCommand fixture(String version, String machine) throws Exception {
        RunCommand command = PlaywrightFixture.suite(version, folder.resolve(machine))
                .withEnvironment(Map.of("FIXTURE_BROKEN", "0", "FIXTURE_PATIENCE", "20"));
        // The fixture's actions time out quickly, and two browsers at once on a busy machine are slow.
        return command.withWords(Stream.concat(command.words().stream(), Stream.of("--retries=4"))
                .toList());
    }

    private static List<QueueItem> items(Suite suite) {
        return SuiteQueue.items(suite, Timings.none(suite.config().config()), Machines.of(2), Strategy.DURATION);
    }

    private static Share share(WorkQueue queue, Suite suite, List<QueueItem> items, int shard) {
        Member who = new Member(shard, "m" + shard, "s" + shard, suite.config().workers(), Member.Again.ALL);
        return new Share.Queued(suite, new QueueSeat(queue, who, items, List.of()));
    }

    private ShareRun run(RunCommand command, Share share) {
        try {
            return ShareRun.of(command, evenkeel(), share);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "Playwright {0}")
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
    void whenTwoAgentsShareAQueue_thenEveryTestRunsExactlyOnce(String version) throws Exception {
        RunCommand first = fixture(version, "first");
        RunCommand second = fixture(version, "second");
        Suite suite = suite(first);
        List<QueueItem> items = items(suite);
        LocalQueue queue = new LocalQueue(items, TERMS, InstantSource.system());

        CompletableFuture<ShareRun> other =
                CompletableFuture.supplyAsync(() -> run(second, share(queue, suite, items, 2)));
        ShareRun one = run(first, share(queue, suite, items, 1));
        ShareRun two = other.join();

        List<String> executed = new ArrayList<>(one.executed());
        executed.addAll(two.executed());
        assertThat(executed).containsExactlyInAnyOrderElementsOf(suite.ids());
        assertThat(one.outcome().exitCode()).as(one.outcome().message()).isZero();
        assertThat(two.outcome().exitCode()).as(two.outcome().message()).isZero();
        assertThat(one.lines()).as("the gate was open").noneMatch(line -> line.contains("batches"));
        assertThat(queue.view().tests().waiting()).isZero();
        assertThat(queue.view().numbers().late()).isZero();
    }

    /** The other project's worker is started for nothing; up to 1.57 it stumbles when it ends. */
    @ParameterizedTest(name = "Playwright {0}")
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#oldestAndNewest")
    void whenAWorkerGetsNoGroup_thenTheRunIsGreen(String version) throws Exception {
        RunCommand command = fixture(version, "little");
        Suite suite = suite(command);
        List<QueueItem> items = items(suite);
        LocalQueue queue = new LocalQueue(items, TERMS, InstantSource.system());
        List<String> little = items.get(0).tests();
        List<String> rest =
                suite.ids().stream().filter(test -> !little.contains(test)).toList();
        long other = queue.join(new Member(1, "other", "other", 1, Member.Again.ALL), WorkQueue.Waiting.SOMEBODY)
                .orElseThrow()
                .token();
        queue.claim(other, new Ask(rest, -1, Ask.Ahead.NOTHING, 0, Duration.ZERO));
        queue.heartbeat(
                other,
                rest.stream().map(test -> new Ended(test, Ended.Result.PASSED)).toList(),
                0);

        ShareRun run = run(command, share(queue, suite, items, 2));

        assertThat(run.outcome().exitCode()).as(run.outcome().message()).isZero();
        assertThat(run.executed()).containsExactlyInAnyOrderElementsOf(little);
    }

    @Nested
    class GivenOneAgent {

        @Test
        void whenNothingElseIsThere_thenGroupsRunInTheOrderOfTheQueue() throws Exception {
            RunCommand command = fixture(PlaywrightFixture.NEWEST, "only");
            Suite suite = suite(command);
            List<QueueItem> items = new ArrayList<>(items(suite));
            Collections.reverse(items);
            items.sort(java.util.Comparator.comparing(item -> projectOf(suite, item)));
            LocalQueue queue = new LocalQueue(items, TERMS, InstantSource.system());

            ShareRun run = run(command, share(queue, suite, items, 1));

            List<String> order =
                    items.stream().flatMap(item -> item.tests().stream()).toList();
            // Skipped tests are told when the run ends, and parallel tests with a beforeAll are one group of
            // Playwright's own.
            List<String> met = run.executed().stream()
                    .filter(id -> suite.tests().stream()
                            .noneMatch(test ->
                                    test.id().equals(id) && test.place().file().matches(".*(skips|parallel).*")))
                    .toList();
            assertThat(met).isEqualTo(order.stream().filter(met::contains).toList());
        }

        @Test
        void whenTheQueueIsEmpty_thenItIsGreenWithoutARun() throws Exception {
            RunCommand command = fixture(PlaywrightFixture.NEWEST, "late");
            Suite suite = suite(command);
            List<QueueItem> items = items(suite);
            LocalQueue queue = new LocalQueue(items, TERMS, InstantSource.system());
            takeEverything(queue, suite);

            ShareRun run = run(command, share(queue, suite, items, 2));

            assertThat(run.outcome()).isInstanceOf(AgentOutcome.NothingToDo.class);
            assertThat(run.outcome().exitCode()).isZero();
            assertThat(run.files()).isEmpty();
        }

        @Test
        void whenAScriptOverwritesNodeOptions_thenTheQueueIsWorkedOffInBatches() throws Exception {
            RunCommand plain = fixture("1.58.2", "script");
            Suite suite = suite(plain);
            List<QueueItem> items = items(suite);
            LocalQueue queue = new LocalQueue(items, TERMS, InstantSource.system());

            // By a script file: options after "playwright test" in the words would be added to the shell.
            Path script = Files.writeString(
                    plain.folder().resolve("e2e.sh"), "NODE_OPTIONS= exec npx playwright test \"$@\"\n");
            RunCommand command = plain.withWords(List.of("sh", script.toString(), "playwright", "test"));
            ShareRun run = run(command, share(queue, suite, items, 1));

            assertThat(run.lines()).anyMatch(line -> line.contains("batches"));
            assertThat(run.outcome().exitCode()).as(run.outcome().message()).isZero();
            assertThat(run.executed()).containsExactlyInAnyOrderElementsOf(suite.ids());
        }

        private String projectOf(Suite suite, QueueItem item) {
            return suite.tests().stream()
                    .filter(test -> test.id().equals(item.tests().get(0)))
                    .map(SuiteTest::project)
                    .findFirst()
                    .orElse("");
        }

        private void takeEverything(LocalQueue queue, Suite suite) {
            long token = queue.join(new Member(1, "other", "other", 1, Member.Again.ALL), WorkQueue.Waiting.SOMEBODY)
                    .orElseThrow()
                    .token();
            queue.claim(token, new Ask(suite.ids(), -1, Ask.Ahead.NOTHING, 0, Duration.ZERO));
        }
    }

    @Test
    void whenTheMachineIsTakenAway_thenItsWorkIsFreeWithinASecond() throws Exception {
        RunCommand command = fixture(PlaywrightFixture.NEWEST, "preempted");
        Suite suite = suite(command);
        List<QueueItem> items = items(suite);
        LocalQueue queue = new LocalQueue(items, TERMS, InstantSource.system());
        ShareRun.Agents agents = new ShareRun.Agents();
        CompletableFuture<ShareRun> run = CompletableFuture.supplyAsync(() -> {
            try {
                return ShareRun.of(agents, command, List.of(), evenkeel(), share(queue, suite, items, 1));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        await(() -> queue.view().tests().passed() > 0 && queue.view().items().held() > 0);

        long asked = System.nanoTime();
        agents.agent().interrupt();
        Duration took = Duration.ofNanos(System.nanoTime() - asked);

        assertThat(queue.view().items().held()).as("after " + took).isZero();
        assertThat(queue.view().items().open()).isPositive();
        assertThat(run.join().outcome().exitCode()).isEqualTo(130);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_200 && !condition.getAsBoolean(); i++) {
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
