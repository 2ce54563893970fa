package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.rate.CommonCause;
import io.evenkeel.flaky.rate.OutageGate;
import io.evenkeel.flaky.rate.ProjectCounters;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.signature.FailureCategory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a history through the product's own judgement, as the coordinator does: gate, judge, record, refresh daily. One thread. */
final class Judge {

    /** About a day of runs of a busy project. */
    private static final int RUNS_PER_REFRESH = 50;

    private final ProjectCounters counters = new ProjectCounters();
    private final List<TestState> states = new ArrayList<>();
    private RegimeModel model = new RegimeModel(counters.parameters());
    private int runs;

    /** What a measurement wants to see. */
    interface Listener {
        /** Called before a result is recorded, for results with a failure. */
        void failure(History.Run run, History.Result result, TestState before, CommonCause cause);

        /** Called after a result is recorded or refused. */
        void recorded(History.Run run, History.Result result, TestState after, OutageGate gate);
    }

    RegimeModel model() {
        return model;
    }

    TestState state(int test) {
        while (states.size() <= test) {
            states.add(new TestState(model));
        }
        return states.get(test);
    }

    void take(History.Run run, Listener listener) {
        if (runs++ % RUNS_PER_REFRESH == 0) {
            model = new RegimeModel(counters.parameters());
        }
        int failed = run.failedAtFirst();
        List<OutageGate.Failure> failures = failures(run);
        OutageGate gate = OutageGate.judge(failures, run.results().size(), counters.usualShare());
        Map<Integer, CommonCause> causes = causes(run, failures, gate);
        for (History.Result result : run.results()) {
            TestState state = state(result.test());
            CommonCause cause = causes.getOrDefault(result.test(), CommonCause.NONE);
            if (result.hasFailure()) {
                listener.failure(run, result, state, cause);
            }
            if (gate.teaches()) {
                record(run, result, state, cause);
            }
            listener.recorded(run, result, state, gate);
        }
        if (gate.teaches()) {
            counters.countRun(failed, run.results().size());
        }
    }

    /** Recorded histories keep no error texts beside the verdicts. */
    private List<OutageGate.Failure> failures(History.Run run) {
        List<OutageGate.Failure> failures = new ArrayList<>();
        for (History.Result result : run.results()) {
            if (result.failedAtFirst()) {
                OutageGate.Before before = state(result.test()).before(run.position());
                failures.add(new OutageGate.Failure(
                        FailureCategory.UNKNOWN, result.patterns().get(0), before));
            }
        }
        return failures;
    }

    private Map<Integer, CommonCause> causes(History.Run run, List<OutageGate.Failure> failures, OutageGate gate) {
        if (!gate.teaches()) {
            return Map.of();
        }
        List<Integer> tests = run.results().stream()
                .filter(History.Result::failedAtFirst)
                .map(History.Result::test)
                .toList();
        List<CommonCause.Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            OutageGate.Failure failure = failures.get(i);
            double broken = 1
                    - state(tests.get(i))
                            .judge(model, run.position(), failure.pattern())
                            .flake();
            suspects.add(new CommonCause.Suspect(failure, broken));
        }
        double breaks = model.parameters().hazards().breaks();
        List<CommonCause> found =
                CommonCause.of(suspects, run.results().size(), run.position().line(), breaks);
        Map<Integer, CommonCause> causes = new HashMap<>();
        for (int i = 0; i < tests.size(); i++) {
            causes.put(tests.get(i), found.get(i));
        }
        return causes;
    }

    private void record(History.Run run, History.Result result, TestState state, CommonCause cause) {
        for (AttemptPattern pattern : result.patterns()) {
            state.record(model, run.position(), pattern, cause);
            counters.count(run.position().line(), pattern, state);
        }
    }
}
