package io.evenkeel.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.evenkeel.jenkins.results.BuildFiles;
import io.evenkeel.jenkins.results.EvenkeelRunAction;
import io.evenkeel.jenkins.results.RunOutcome;
import io.evenkeel.jenkins.results.SuiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class EvenkeelStepsTest {

    @Nested
    class GivenForms {

        @Test
        void whenSubmitted_thenNothingIsLost(JenkinsRule jenkins) throws Exception {
            EvenkeelRunStep run = new EvenkeelRunStep();
            run.setShard("2/8");
            run.setMode("dynamic");
            run.setCommand("npx playwright test --project=desktop");
            run.setSuite("desktop");
            run.setSkipMarkingBuildUnstable(true);
            EvenkeelPlanStep plan = new EvenkeelPlanStep(8);
            plan.setCommand("npx playwright test");

            jenkins.assertEqualDataBoundBeans(run, new StepConfigTester(jenkins).configRoundTrip(run));
            jenkins.assertEqualDataBoundBeans(plan, new StepConfigTester(jenkins).configRoundTrip(plan));
            jenkins.assertEqualDataBoundBeans(
                    new EvenkeelStep(8), new StepConfigTester(jenkins).configRoundTrip(new EvenkeelStep(8)));
        }

        @Test
        void whenSnippetsAreGenerated_thenTheyAreWhatPeopleWrite(JenkinsRule jenkins) throws Exception {
            SnippetizerTester snippets = new SnippetizerTester(jenkins);
            EvenkeelRunStep run = new EvenkeelRunStep();
            run.setShard("2/8");

            snippets.assertRoundTrip(run, "evenkeelRun shard: '2/8'");
            snippets.assertRoundTrip(new EvenkeelPlanStep(8), "evenkeelPlan 8");
            snippets.assertRoundTrip(new EvenkeelReportStep(), "evenkeelReport()");
            snippets.assertRoundTrip(new EvenkeelStep(8), "evenkeel(8) {\n    // some block\n}");
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class GivenSuiteAndTwoAgents {

        @TempDir
        private Path folder;

        @Test
        void whenTheBlockSplitsIt_thenEveryTestRunsOnceAndTheTabSaysSo(JenkinsRule jenkins) throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 10);
            agents(jenkins, 2);

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.SUCCESS, scripted(jenkins, project, 2));

            assertOutcome(build, 8, 0);
            jenkins.assertLogContains("Shard 2/2", build);
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                assertThat(client.getPage(build, "evenkeel").getWebResponse().getContentAsString())
                        .contains("8 passed");
            }
        }

        @Test
        void whenThereAreMoreShardsThanExecutors_thenTheyFollowEachOtherAndNoTestIsLost(JenkinsRule jenkins)
                throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 6, 10);
            jenkins.jenkins.setNumExecutors(0);
            agents(jenkins, 2);

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.SUCCESS, scripted(jenkins, project, 5));

            assertOutcome(build, 12, 0);
            jenkins.assertLogContains("5 shards, but Jenkins has 2 executors online now", build);
        }

        @Test
        void whenATestFails_thenTheBuildIsUnstableAndTheTestIsNamed(JenkinsRule jenkins) throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 3, 10).test("broken", "expect(1).toBe(2);");
            agents(jenkins, 2);

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.UNSTABLE, scripted(jenkins, project, 2));

            assertOutcome(build, 6, 2);
            assertThat(build.getAction(EvenkeelRunAction.class).getView().failed())
                    .allSatisfy(test -> assertThat(test.name()).startsWith("broken"));
        }

        @Test
        void whenAPlanIsMadeFirst_thenBranchesFollowIt(JenkinsRule jenkins) throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 10);
            agents(jenkins, 2);
            WorkflowJob job = job(jenkins, """
                def plan
                node('agent') { %1$s; plan = evenkeelPlan(shards: 2) }
                def branches = [:]
                for (share in plan) {
                    def shard = share.shard
                    branches["shard ${shard}"] = { node('agent') { %1$s; evenkeelRun(shard: shard) } }
                }
                parallel branches
                node('agent') { %1$s; echo "verdict ${evenkeelReport().verdict}" }
                """.formatted(project.checkout()));

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.SUCCESS, job);

            assertOutcome(build, 8, 0);
            jenkins.assertLogContains("verdict passed", build);
            assertThat(BuildFiles.of(build, SuiteName.of(null)).plan()).isRegularFile();
        }

        @Test
        void whenThePipelineIsDeclarative_thenItWorksTheSame(JenkinsRule jenkins) throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 10);
            agents(jenkins, 2);
            WorkflowJob job = job(jenkins, """
                pipeline {
                    agent none
                    stages {
                        stage('Test') {
                            steps { evenkeel(shards: 2) { node('agent') { %1$s; evenkeelRun() } } }
                        }
                        stage('Report') {
                            agent { label 'agent' }
                            steps {
                                %1$s
                                evenkeelReport()
                                junit testResults: '.evenkeel/report/junit.xml', testDataPublishers: [evenkeelLabels()]
                            }
                        }
                    }
                }
                """.formatted(project.checkout()));

            assertOutcome(jenkins.buildAndAssertStatus(Result.SUCCESS, job), 8, 0);
        }

        @Test
        void whenTwoBuildsRunAtOnce_thenTheirResultsDoNotMix(JenkinsRule jenkins) throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 2, 10);
            agents(jenkins, 4);
            WorkflowJob job = scripted(jenkins, project, 2);

            var first = job.scheduleBuild2(0);
            var second = job.scheduleBuild2(0);

            assertOutcome(jenkins.assertBuildStatusSuccess(first), 4, 0);
            assertOutcome(jenkins.assertBuildStatusSuccess(second), 4, 0);
        }

        @Test
        void whenItHasRunBefore_thenTheNextPlanComesFromItsDurations(JenkinsRule jenkins) throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 4, 10);
            agents(jenkins, 2);
            WorkflowJob job = scripted(jenkins, project, 2);
            jenkins.assertLogContains("planned without history", jenkins.buildAndAssertSuccess(job));

            jenkins.assertLogContains("planned from history", jenkins.buildAndAssertSuccess(job));
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class GivenSomethingIsMissing {

        @TempDir
        private Path folder;

        @Test
        void whenNothingWasRun_thenTheReportSaysWhatComesFirst(JenkinsRule jenkins) throws Exception {
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, "node { evenkeelReport() }"));

            jenkins.assertLogContains("Call evenkeelRun before evenkeelReport", build);
        }

        @Test
        void whenThereIsNoNode_thenTheMessageNamesIt(JenkinsRule jenkins) throws Exception {
            jenkins.assertLogContains(
                    "node", jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, "evenkeelRun()")));
        }

        @Test
        void whenThereIsNoNodeJs_thenTheBuildFailsAndSaysSo(JenkinsRule jenkins) throws Exception {
            PlaywrightProject project = PlaywrightProject.in(folder, 1, 10);
            WorkflowJob job = job(
                    jenkins,
                    "node { %s; withEnv(['PATH=%s', 'SHELL=/bin/sh']) { evenkeelRun() } }"
                            .formatted(project.checkout(), shellTools()));

            jenkins.assertLogContains("install Node.js", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        }

        /** Returns a folder with the programs that durable-task's scripts need, and no others. */
        private Path shellTools() throws IOException {
            Path tools = Files.createDirectories(folder.resolve("tools"));
            for (String name : List.of("sh", "nohup", "sleep", "touch", "mv", "rm", "cat", "ps", "env", "uname")) {
                Path program = Path.of("/usr/bin", name);
                Files.createSymbolicLink(tools.resolve(name), Files.exists(program) ? program : Path.of("/bin", name));
            }
            return tools;
        }

        @Test
        void whenTheShardIsNone_thenItIsRefusedBeforeAnythingStarts(JenkinsRule jenkins) throws Exception {
            WorkflowRun build =
                    jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, "node { evenkeelRun(shard: '9/8') }"));

            jenkins.assertLogContains("must be between 1 and the number of shards", build);
        }

        @Test
        void whenThereAreMoreShardsThanExecutors_thenTheLogWarns(JenkinsRule jenkins) throws Exception {
            WorkflowRun build = jenkins.buildAndAssertSuccess(job(jenkins, "evenkeel(shards: 40) { echo 'x' }"));

            jenkins.assertLogContains("40 shards, but Jenkins has", build);
        }
    }

    private static void agents(JenkinsRule jenkins, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            jenkins.createOnlineSlave(hudson.model.Label.get("agent"));
        }
    }

    private static WorkflowJob scripted(JenkinsRule jenkins, PlaywrightProject project, int shards) throws Exception {
        return job(jenkins, """
            evenkeel(shards: %2$d) { node('agent') { %1$s; evenkeelRun() } }
            node('agent') { %1$s; evenkeelReport() }
            """.formatted(project.checkout(), shards));
    }

    /** Every pipeline of these tests runs in the sandbox, as users' pipelines do. */
    private static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static void assertOutcome(WorkflowRun build, int passed, int failed) {
        RunOutcome outcome = build.getAction(EvenkeelRunAction.class).getOutcome();
        assertThat(outcome).isNotNull();
        assertThat(outcome.getPassed()).isEqualTo(passed);
        assertThat(outcome.getFailed()).isEqualTo(failed);
        assertThat(outcome.getMissing()).isZero();
        assertThat(outcome.getDiscovered()).isEqualTo(passed + failed);
    }
}
