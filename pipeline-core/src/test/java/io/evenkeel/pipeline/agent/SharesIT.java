package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two shares of the fixture suite, on each version of Playwright. */
class SharesIT {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "Playwright {0}")
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#newest")
    void whenTwoSharesRun_thenEveryTestRunsExactlyOnce(String version) throws Exception {
        RunCommand command = PlaywrightFixture.suite(version, folder.resolve("suite"))
                .withEnvironment(Map.of("FIXTURE_BROKEN", "0"));
        Path evenkeel = folder.resolve("suite/.evenkeel");
        Suite suite = new Discovery(evenkeel, System.getenv())
                .discover(command)
                .match(found -> found.suite(), failed -> {
                    throw new AssertionError(failed.message());
                });

        List<String> run = new ArrayList<>();
        for (List<String> share : halves(suite)) {
            ShareRun ran = ShareRun.of(command, evenkeel, new Share.Planned(share, suite));
            assertThat(ran.outcome().exitCode()).as(ran.outcome().message()).isZero();
            assertThat(ran.executed()).containsExactlyInAnyOrderElementsOf(share);
            assertThat(ran.blob()).isNotEmptyFile();
            run.addAll(ran.executed());
        }

        assertThat(run).containsExactlyInAnyOrderElementsOf(suite.ids());
        assertThat(Files.exists(command.folder().resolve("test-results"))).isTrue();
    }

    /** Groups by turns, so that both shares hold files, serial blocks and single tests; the second in reverse order. */
    private static List<List<String>> halves(Suite suite) {
        List<String> groups =
                suite.tests().stream().map(SuiteTest::group).distinct().toList();
        return IntStream.of(0, 1)
                .mapToObj(half -> {
                    List<String> ids = new ArrayList<>(suite.tests().stream()
                            .filter(test -> groups.indexOf(test.group()) % 2 == half)
                            .map(SuiteTest::id)
                            .toList());
                    if (half == 1) {
                        Collections.reverse(ids);
                    }
                    return ids;
                })
                .map(List::copyOf)
                .toList();
    }
}
