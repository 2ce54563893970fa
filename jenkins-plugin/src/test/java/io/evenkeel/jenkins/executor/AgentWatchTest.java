package io.evenkeel.jenkins.executor;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.evenkeel.jenkins.executor.AgentWatch.Process;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgentWatchTest {

    @Nested
    class GivenAgentThatWasNeverLost {

        @Test
        void whenTheFileStandsStill_thenNobodyDoubtsTheProcess() {
            AgentWatch watch = AgentWatch.inSight();

            assertThat(watch.doubts()).isFalse();
            assertThat(watch.look(0)).isEqualTo(Process.ALIVE);
            assertThat(watch.look(0)).isEqualTo(Process.ALIVE);
        }
    }

    @Nested
    class GivenAgentThatCameBack {

        private final AgentWatch watch = back();

        private static AgentWatch back() {
            AgentWatch watch = AgentWatch.inSight();
            watch.lose();
            watch.find();
            return watch;
        }

        @Test
        void whenTheFileIsTouchedAgain_thenTheProcessIsFound() {
            assertThat(watch.look(1000)).isEqualTo(Process.DOUBTFUL);
            assertThat(watch.look(1000)).isEqualTo(Process.DOUBTFUL);
            assertThat(watch.look(6000)).isEqualTo(Process.FOUND);
            assertThat(watch.look(6000)).isEqualTo(Process.ALIVE);
        }

        @Test
        void whenItIsLostOnceMore_thenTheDoubtBeginsAgain() {
            watch.look(1000);
            watch.look(6000);

            watch.lose();
            watch.find();

            assertThat(watch.look(6000)).isEqualTo(Process.DOUBTFUL);
        }
    }

    @Nested
    class GivenStepThatEndsBecauseItsAgentWasRemoved {

        private final FlowInterruptedException removed =
                new FlowInterruptedException(Result.ABORTED, false, new ExecutorStepExecution.RemovedNodeCause());

        @Test
        void whenTheLossIsAdded_thenItSaysSinceWhen() {
            Instant since = Instant.ofEpochMilli(42);

            Throwable reason = AgentLost.added(removed, "left was lost", since);

            assertThat(AgentLost.since(removed)).isEmpty();
            assertThat(AgentLost.since(reason)).contains(since);
            assertThat(((FlowInterruptedException) reason).getResult()).isEqualTo(Result.ABORTED);
        }

        @Test
        void whenSomebodyAbortsTheBuild_thenThatIsNoLoss() {
            FlowInterruptedException abort = new FlowInterruptedException(Result.ABORTED);

            assertThat(AgentLost.added(abort, "left was lost", Instant.EPOCH)).isSameAs(abort);
        }
    }
}
