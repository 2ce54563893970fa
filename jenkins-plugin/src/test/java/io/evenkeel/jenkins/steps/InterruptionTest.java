package io.evenkeel.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import hudson.slaves.RetentionStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    @Nested
    class GivenRunningShards {

        @Test
        void whenTheControllerRestarts_thenNoResultIsLost() throws Throwable {
            PlaywrightProject project = PlaywrightProject.in(folder, 8, 1500);
            sessions.then(jenkins -> {
                jenkins.jenkins.setNumExecutors(8);
                WorkflowRun build = start(jenkins, project);
                jenkins.waitForMessage("Shard 1/8", build);
            });
            sessions.then(jenkins -> {
                WorkflowRun build = jenkins.jenkins
                        .getItemByFullName("split", WorkflowJob.class)
                        .getBuildByNumber(1);

                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));

                EvenkeelStepsTest.assertOutcome(build, 16, 0);
            });
        }

        @Test
        void whenTheBuildIsAborted_thenTheProcessesEndAndTheBuildIsGrey() throws Throwable {
            PlaywrightProject project = PlaywrightProject.in(folder, 8, 60_000);
            sessions.then(jenkins -> {
                jenkins.jenkins.setNumExecutors(8);
                WorkflowRun build = start(jenkins, project);
                jenkins.waitForMessage("Shard 1/8", build);

                build.doStop();

                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
                assertThat(processes()).isEmpty();
            });
        }

        private static WorkflowRun start(JenkinsRule jenkins, PlaywrightProject project) throws Exception {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "split");
            job.setDefinition(new CpsFlowDefinition("""
                evenkeel(shards: 8) { node { %1$s; evenkeelRun() } }
                node { %1$s; evenkeelReport() }
                """.formatted(project.checkout()), true));
            return job.scheduleBuild2(0).waitForStart();
        }
    }

    @Nested
    class GivenAgentThatIsLost {

        @Test
        void whenItsShareIsUnderWay_thenTheBlockRunsItAgainElsewhere() throws Throwable {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 3000);
            sessions.then(jenkins -> {
                Slave lost = jenkins.createOnlineSlave(Label.get("agent"));
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "lost");
                job.setDefinition(new CpsFlowDefinition("""
                    evenkeel(shards: 1) { node('agent') { %1$s; evenkeelRun() } }
                    node('agent') { %1$s; evenkeelReport() }
                    """.formatted(project.checkout()), true));
                WorkflowRun build = job.scheduleBuild2(0).waitForStart();
                jenkins.waitForMessage("Shard 1/1", build);

                jenkins.createOnlineSlave(Label.get("agent"));
                jenkins.jenkins.removeNode(lost);

                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
                jenkins.assertLogContains("Shard 1 of 1 has lost its agent", build);
                EvenkeelStepsTest.assertOutcome(build, 8, 0);
            });
        }
    }

    @Nested
    class GivenAgentThatIsStartedAgain {

        @Test
        void whenItsProcessesHaveSurvived_thenTheStepGoesOnWithTheirResult() throws Throwable {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 4000);
            sessions.then(jenkins -> {
                Slave agent = agent(jenkins);
                WorkflowRun build = start(jenkins, project, "");
                jenkins.waitForMessage("Shard 1/1", build);

                startAgain(agent);

                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
                jenkins.assertLogContains("is back", build);
                jenkins.assertLogNotContains("runs again", build);
                EvenkeelStepsTest.assertOutcome(build, 8, 0);
            });
        }

        @Test
        void whenItsProcessesHaveDiedWithIt_thenTheShareRunsAgain() throws Throwable {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 4000);
            sessions.then(jenkins -> {
                WorkflowRun build = runWithAnAgentThatDiesUnderWay(jenkins, project, "");

                jenkins.assertBuildStatus(Result.SUCCESS, build);
                jenkins.assertLogContains("is gone without an exit code", build);
                jenkins.assertLogContains("Shard 1 of 1 has lost its agent", build);
                EvenkeelStepsTest.assertOutcome(build, 8, 0);
            });
        }

        @Test
        void whenNobodyElseHasTakenItsTestsFromAQueue_thenItsShareRunsAgainAfterTheOthers() throws Throwable {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 4000);
            sessions.then(jenkins -> {
                WorkflowRun build = runWithAnAgentThatDiesUnderWay(jenkins, project, "mode: 'dynamic'");

                jenkins.assertBuildStatus(Result.SUCCESS, build);
                jenkins.assertLogContains("No other shard has gone on taking tests", build);
                EvenkeelStepsTest.assertOutcome(build, 8, 0);
            });
        }

        /** Its processes die with it, and it is started again at once; returns the build when it has ended. */
        private static WorkflowRun runWithAnAgentThatDiesUnderWay(
                JenkinsRule jenkins, PlaywrightProject project, String options) throws Exception {
            Slave agent = agent(jenkins);
            WorkflowRun build = start(jenkins, project, options);
            jenkins.waitForMessage("Shard 1/1", build);
            killWhatItRuns(agent);
            startAgain(agent);
            return jenkins.waitForCompletion(build);
        }

        /** The launcher kills what inherits the cookie it gives to its agent; those of SSH and of inbound agents do no such thing. */
        private static Slave agent(JenkinsRule jenkins) throws Exception {
            String command = ((SimpleCommandLauncher) jenkins.createComputerLauncher(null)).cmd;
            Slave agent = new DumbSlave(
                    "again",
                    jenkins.jenkins.getRootDir() + "/agent-work-dirs/again",
                    new SimpleCommandLauncher("env -u HUDSON_COOKIE " + command));
            agent.setLabelString("agent");
            agent.setRetentionStrategy(RetentionStrategy.NOOP);
            jenkins.jenkins.addNode(agent);
            jenkins.waitOnline(agent);
            return agent;
        }

        private static WorkflowRun start(JenkinsRule jenkins, PlaywrightProject project, String options)
                throws Exception {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "again");
            job.setDefinition(new CpsFlowDefinition("""
                evenkeel(shards: 1) { node('agent') { %1$s; evenkeelRun(%2$s) } }
                node('agent') { %1$s; evenkeelReport() }
                """.formatted(project.checkout(), options), true));
            return job.scheduleBuild2(0).waitForStart();
        }

        private static void startAgain(Slave agent) throws Exception {
            agent.toComputer().disconnect(new OfflineCause.ByCLI("restart")).get();
            agent.toComputer().connect(true).get();
        }

        /** The tool and the shell that would write its exit code: all that names a path below the agent's folder. */
        private static void killWhatItRuns(Slave agent) {
            ProcessHandle.allProcesses()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(agent.getRemoteFS()) && !line.contains("remoting"))
                            .isPresent())
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Nested
    class GivenWorkspaceThatVanishes {

        @Test
        void whenItIsDeletedWhileTestsRun_thenTheBuildSaysSoAndNothingGoesOn() throws Throwable {
            PlaywrightProject project = PlaywrightProject.in(folder, 1, 60_000);
            sessions.then(jenkins -> {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "gone");
                job.setDefinition(new CpsFlowDefinition(
                        "node { %s; echo \"in ${pwd()}\"; evenkeelRun() }".formatted(project.checkout()), true));
                WorkflowRun build = job.scheduleBuild2(0).waitForStart();
                jenkins.waitForMessage("Shard 1/1", build);
                Path workspace = Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote());

                Files.move(workspace, workspace.resolveSibling("moved"));

                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
                jenkins.assertLogContains("was deleted while the tests ran", build);
                assertThat(processes()).isEmpty();
            });
        }
    }

    /** The jar lies in the home of this very Jenkins, so its path in a command line tells our processes from others. */
    private Stream<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(sessions.getHome() + "/caches/evenkeel/"));
    }
}
