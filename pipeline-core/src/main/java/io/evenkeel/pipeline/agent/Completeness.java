package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.agent.AgentOutcome.Counts;
import io.evenkeel.pipeline.agent.AgentOutcome.Incomplete;
import io.evenkeel.pipeline.agent.AgentOutcome.Interrupted;
import io.evenkeel.pipeline.agent.AgentOutcome.NotStarted;
import io.evenkeel.pipeline.agent.AgentOutcome.Ran;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what was asked with what was run, and says how the share ended.
 *
 * <p>Playwright's own exit code stands unless tests are missing that it does not account for. Pure.
 */
final class Completeness {

    private Completeness() {}

    /**
     * Judges a share that Playwright was told to run by ids.
     *
     * @param planned ids asked for
     * @param exitCode of the command, the worst one if there were several
     */
    static AgentOutcome judge(Collection<String> planned, RunDigest digest, int exitCode, List<Path> spools) {
        Set<String> ids = new LinkedHashSet<>(planned);
        List<String> unselected =
                ids.stream().filter(id -> !digest.selected().contains(id)).toList();
        List<String> notRun = ids.stream().filter(id -> !digest.hasRun(id)).toList();
        int selected = ids.size() - unselected.size();
        Counts counts = new Counts(ids.size(), selected, ids.size() - notRun.size());
        if (isInterrupted(digest, exitCode)) {
            return new Interrupted(counts, notRun, spools);
        }
        if (!digest.began() && exitCode != 0 && exitCode <= 128) {
            return notBegun(exitCode);
        }
        boolean explained = unselected.isEmpty() && (notRun.isEmpty() || digest.explainsGaps());
        return digest.ended() && explained
                ? new Ran(exitCode == 0 ? 0 : 1, counts, notRun, spools)
                : new Incomplete(exitCode, counts, notRun, spools);
    }

    /** Judges a run of whatever the command runs by itself. */
    static AgentOutcome judgeEverything(RunDigest digest, int exitCode, List<Path> spools) {
        if (digest.ended() && digest.selected().isEmpty() && exitCode != 0) {
            return new NotStarted(1, "Nothing was run: " + digest.firstError().orElse("see the output above") + ".");
        }
        return judge(digest.selected(), digest, exitCode, spools);
    }

    private static boolean isInterrupted(RunDigest digest, int exitCode) {
        return exitCode == 130 || digest.wasInterrupted();
    }

    /** The configuration throws or an option is wrong: Playwright has said so and ends as it does without us. */
    private static AgentOutcome notBegun(int exitCode) {
        if (exitCode == RunProcess.OPTIONS_LOST) {
            return new NotStarted(
                    2,
                    "The command starts Playwright through a script that overwrites NODE_OPTIONS; call Playwright directly, "
                            + "for example: npx playwright test");
        }
        return new NotStarted(
                exitCode == 127 ? 3 : 1,
                "Playwright ended with " + exitCode + " before it had loaded the tests; see its output above.");
    }
}
