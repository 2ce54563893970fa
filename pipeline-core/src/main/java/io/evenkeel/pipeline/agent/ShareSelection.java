package io.evenkeel.pipeline.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.playwright.InstalledPlaywright;
import io.evenkeel.pipeline.playwright.PlaywrightVersion;
import io.evenkeel.pipeline.playwright.SelectionWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides how this version of Playwright is told which tests to run. One thread. */
final class ShareSelection {

    private final AgentRequest request;
    private final Map<String, String> inherited;

    ShareSelection(AgentRequest request, Map<String, String> inherited) {
        this.request = request;
        this.inherited = inherited;
    }

    /** What to start, or why nothing can be. */
    sealed interface Plan {
        <T> T match(Function<Runs, T> runs, Function<Problem, T> problem);
    }

    /**
     * One run of Playwright or more.
     *
     * @param planned the ids asked for; empty when the command runs what it runs
     */
    record Runs(List<Selection> all, Optional<List<String>> planned) implements Plan {
        @Override
        public <T> T match(Function<Runs, T> runs, Function<Problem, T> problem) {
            return runs.apply(this);
        }
    }

    record Problem(int exitCode, String message) implements Plan {
        @Override
        public <T> T match(Function<Runs, T> runs, Function<Problem, T> problem) {
            return problem.apply(this);
        }
    }

    /**
     * How one run is told its tests.
     *
     * @param options for Playwright
     * @param environment for our reporter
     * @param files to be written before the run, with their content
     */
    record Selection(List<String> options, Map<String, String> environment, Map<Path, String> files) {

        void prepare() throws IOException {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Files.createDirectories(file.getKey().toAbsolutePath().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
        }
    }

    Plan plan() {
        return request.share()
                .match(
                        everything -> new Runs(List.of(new Selection(List.of(), Map.of(), Map.of())), Optional.empty()),
                        ids -> byIds(ids.ids()),
                        planned -> known(planned.ids(), planned.suite()),
                        queued -> known(queued.seat().own(), queued.suite()));
    }

    private Plan byIds(List<String> ids) {
        Optional<SelectionWay> way = InstalledPlaywright.find(request.command().folder())
                .map(installed -> installed.version().selectionWay());
        if (way.filter(SelectionWay.PREPROCESS::equals).isPresent()) {
            return new Runs(List.of(preprocess(ids)), Optional.of(ids));
        }
        return new Discovery(request.evenkeelDir(), inherited)
                .discover(request.command())
                .match(
                        found -> known(ids, found.suite()),
                        failed -> new Problem(failed.problem().exitCode(), failed.message()));
    }

    private Plan known(List<String> ids, Suite suite) {
        PlaywrightVersion version =
                PlaywrightVersion.parse(suite.config().playwright()).orElse(PlaywrightVersion.OLDEST);
        List<Selection> all = switch (version.selectionWay()) {
            case PREPROCESS -> List.of(preprocess(ids));
            case LAST_RUN_FILE -> List.of(lastRunFile(ids, suite));
            case GREP -> grep(ids, suite, version);
        };
        return all.isEmpty()
                ? new Problem(
                        3,
                        "None of the " + ids.size() + " tests of this share is in the suite of " + request.command()
                                + "; make the plan again.")
                : new Runs(all, Optional.of(ids));
    }

    private Selection preprocess(List<String> ids) {
        Path file = request.spoolDir().resolve(request.spool().name() + ".tests");
        return new Selection(
                List.of(), Map.of("EVENKEEL_TESTS", file.toString()), Map.of(file, String.join("\n", ids) + "\n"));
    }

    /**
     * Playwright reads the file from the output folder of the first project that takes part, before it cleans these folders, and writes its
     * own there in the end. So nothing of the user's is lost, and nothing of ours stays.
     */
    private static Selection lastRunFile(List<String> ids, Suite suite) {
        String content = new ObjectMapper()
                .createObjectNode()
                .put("status", "failed")
                .set("failedTests", new ObjectMapper().valueToTree(ids))
                .toString();
        Map<Path, String> files = suite.config().outputDirs().stream()
                .map(dir -> Path.of(dir, ".last-run.json"))
                .collect(Collectors.toMap(file -> file, file -> content));
        return new Selection(List.of("--last-failed"), Map.of(), files);
    }

    private static List<Selection> grep(List<String> ids, Suite suite, PlaywrightVersion version) {
        Set<String> wanted = new HashSet<>(ids);
        List<SuiteTest> tests = suite.tests().stream()
                .filter(test -> wanted.contains(test.id()))
                .toList();
        if (tests.isEmpty()) {
            return List.of();
        }
        return GrepSelection.patterns(tests, version).stream()
                .map(pattern -> new Selection(List.of("--grep", pattern), Map.of(), Map.of()))
                .toList();
    }
}
