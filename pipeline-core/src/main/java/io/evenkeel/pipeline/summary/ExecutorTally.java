package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.protocol.RunEvent.AgentEnd;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.ProjectInfo;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.summary.ExecutorSummary.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what one executor did. Tests are told by their index in the summary. One thread. */
final class ExecutorTally {

    // Playwright's own words, lib/runner/failureTracker and taskRunner; the same from 1.40 to 1.65.
    private static final Pattern STOPPED_EARLY = Pattern.compile("Testing stopped early after");
    private static final Pattern TIMED_OUT = Pattern.compile("Timed out waiting .* for the .*test suite to run");

    final String name;
    final BitSet selected = new BitSet();
    final BitSet claimedElsewhere = new BitSet();
    final BitSet resulted = new BitSet();
    final Set<String> failedSetups = new HashSet<>();
    private final Map<String, ProjectInfo> projects = new HashMap<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private Duration wall = Duration.ZERO;
    private int workers = 1;
    private int begun;
    private int ended;
    private int runnerExitCode;
    private String status = "";
    private boolean interrupted;
    private boolean stoppedEarly;
    private boolean timedOut;
    private int errors;
    long busyMillis;

    ExecutorTally(String name) {
        this.name = name;
    }

    void at(Instant at) {
        first = at.isBefore(first) ? at : first;
        last = at.isAfter(last) ? at : last;
    }

    void runBegin(RunBegin event) {
        begun++;
        workers = event.workers();
        event.projects().forEach(p -> projects.put(p.name(), p));
    }

    void error(ErrorInfo error) {
        if (STOPPED_EARLY.matcher(error.message()).find()) {
            stoppedEarly = true;
        } else if (TIMED_OUT.matcher(error.message()).find()) {
            timedOut = true;
            errors++;
        } else {
            errors++;
        }
    }

    void runEnd(RunEnd event) {
        ended++;
        wall = wall.plus(event.duration());
        status = event.status();
        interrupted |= status.equals("interrupted");
        timedOut |= status.equals("timedout");
        runnerExitCode = interrupted ? 130 : Math.max(runnerExitCode, status.equals("passed") ? 0 : 1);
    }

    /** The agent's word on the exit code is better than what the status says; a negative one means that it has none. */
    void agentEnd(AgentEnd event) {
        interrupted |= event.exitCode() == ExitCode.INTERRUPTED.value();
        if (event.runnerExitCode() >= 0) {
            runnerExitCode = event.runnerExitCode();
        }
    }

    TestRole roleOf(String project) {
        ProjectInfo info = projects.get(project);
        return info == null ? TestRole.TEST : TestRole.ofWord(info.role());
    }

    End end() {
        if (interrupted) {
            return End.INTERRUPTED;
        }
        if (ended < begun || ended == 0) {
            return End.LOST;
        }
        if (timedOut) {
            return End.TIMED_OUT;
        }
        if (stoppedEarly) {
            return End.STOPPED_EARLY;
        }
        return status.equals("passed") ? End.PASSED : End.FAILED;
    }

    /** Returns why a test of this project that was selected here has no result. */
    MissingReason reason(String project) {
        return switch (end()) {
            case INTERRUPTED -> MissingReason.INTERRUPTED;
            case LOST -> MissingReason.EXECUTOR_LOST;
            case TIMED_OUT -> MissingReason.TIMED_OUT;
            case STOPPED_EARLY -> MissingReason.STOPPED_EARLY;
            case PASSED -> MissingReason.UNEXPLAINED;
            case FAILED ->
                dependsOnFailedSetup(project)
                        ? MissingReason.SETUP_FAILED
                        : errors > 0 ? MissingReason.RUN_ERROR : MissingReason.UNEXPLAINED;
        };
    }

    private boolean dependsOnFailedSetup(String project) {
        Deque<String> open = new ArrayDeque<>(Set.of(project));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String next = open.pop();
            ProjectInfo info = projects.get(next);
            if (seen.add(next) && info != null) {
                if (info.dependencies().stream().anyMatch(failedSetups::contains)) {
                    return true;
                }
                open.addAll(info.dependencies());
            }
        }
        return false;
    }

    ExecutorSummary summary(PlannedShard shard, int failed) {
        Duration byClock = first.isAfter(last) ? Duration.ZERO : Duration.between(first, last);
        return new ExecutorSummary(
                name,
                shard.index(),
                end(),
                new ExecutorSummary.Load(
                        shard.load(),
                        Duration.ofMillis(busyMillis),
                        end() == End.LOST || wall.isZero() ? byClock : wall,
                        workers),
                new ExecutorSummary.Tally(resulted.cardinality(), failed, errors, runnerExitCode));
    }
}
