package io.evenkeel.pipeline.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CiEnvironmentTest {

    @Nested
    class GivenNoCi {

        @Test
        void whenNothingIsSet_thenTheOwnKeyIsUsed() {
            RunContext run = CiEnvironment.read(Map.of("HOME", "/root"), "local-1");

            assertThat(run.ci()).isEqualTo("this machine");
            assertThat(run.runKey()).isEqualTo("local-1");
            assertThat(run.shard()).isEmpty();
        }

        @Test
        void whenTheUserDescribesTheRun_thenTheirWordsWin() {
            RunContext run = CiEnvironment.read(
                    Map.of(
                            "GITLAB_CI",
                            "true",
                            "CI_PIPELINE_ID",
                            "7",
                            "EVENKEEL_RUN",
                            "nightly.3",
                            "EVENKEEL_SHARD",
                            "2/5"),
                    "x");

            assertThat(run.runKey()).isEqualTo("nightly.3");
            assertThat(run.shard()).contains(new ShardIndex(2, 5));
        }

        @Test
        void whenTheShardIsNoShard_thenTheErrorShowsTheForm() {
            assertThatThrownBy(() -> CiEnvironment.read(Map.of("EVENKEEL_SHARD", "two"), "x"))
                    .hasMessageContaining("2/5");
            assertThatThrownBy(() -> CiEnvironment.read(Map.of("EVENKEEL_SHARD", "0/3"), "x"))
                    .hasMessageContaining("counts from 1");
        }
    }

    @Nested
    class GivenGitHub {

        @Test
        void whenAPullRequestIsBuilt_thenItsNumberAndAttemptAreRead() {
            RunContext run = CiEnvironment.read(
                    Map.of(
                            "GITHUB_ACTIONS", "true",
                            "GITHUB_RUN_ID", "991",
                            "GITHUB_RUN_ATTEMPT", "2",
                            "GITHUB_REF", "refs/pull/17/merge",
                            "GITHUB_HEAD_REF", "fix-cart",
                            "GITHUB_SERVER_URL", "https://github.example",
                            "GITHUB_REPOSITORY", "shop/web"),
                    "x");

            assertThat(run.runKey()).isEqualTo("github-991-2");
            assertThat(run.revision().pullRequest()).contains("17");
            assertThat(run.revision().branch()).contains("fix-cart");
            assertThat(run.url()).contains("https://github.example/shop/web/actions/runs/991");
        }
    }

    @Nested
    class GivenACiThatCountsFromZero {

        @Test
        void whenTheLastNodeAsks_thenItIsTheLastShard() {
            RunContext run = CiEnvironment.read(
                    Map.of("CIRCLECI", "true", "CIRCLE_NODE_INDEX", "3", "CIRCLE_NODE_TOTAL", "4"), "x");

            assertThat(run.shard()).contains(new ShardIndex(4, 4));
        }
    }

    @Nested
    class GivenOtherCis {

        @Test
        void whenAzureBuildsAPullRequest_thenBranchCommitAndPageAreRead() {
            RunContext run = CiEnvironment.read(
                    Map.ofEntries(
                            Map.entry("TF_BUILD", "True"),
                            Map.entry("BUILD_BUILDID", "77"),
                            Map.entry("BUILD_SOURCEVERSION", "merge"),
                            Map.entry("SYSTEM_PULLREQUEST_SOURCECOMMITID", "head"),
                            Map.entry("SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/feature/cart"),
                            Map.entry("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "12"),
                            Map.entry("SYSTEM_COLLECTIONURI", "https://dev.example/org/"),
                            Map.entry("SYSTEM_TEAMPROJECT", "Web Shop"),
                            Map.entry("SYSTEM_JOBPOSITIONINPHASE", "2"),
                            Map.entry("SYSTEM_TOTALJOBSINPHASE", "4")),
                    "x");

            assertThat(run.runKey()).isEqualTo("azure-77");
            assertThat(run.revision().branch()).contains("feature/cart");
            assertThat(run.revision().commit()).contains("head");
            assertThat(run.revision().pullRequest()).contains("12");
            assertThat(run.url()).contains("https://dev.example/org/Web%20Shop/_build/results?buildId=77");
            assertThat(run.shard()).contains(new ShardIndex(2, 4));
        }

        @Test
        void whenBitbucketRunsParallelSteps_thenTheyAreShards() {
            RunContext run = CiEnvironment.read(
                    Map.of(
                            "BITBUCKET_BUILD_NUMBER", "9",
                            "BITBUCKET_REPO_UUID", "{aa-bb}",
                            "BITBUCKET_BRANCH", "main",
                            "BITBUCKET_COMMIT", "c0ffee",
                            "BITBUCKET_PR_ID", "5",
                            "BITBUCKET_GIT_HTTP_ORIGIN", "https://bitbucket.example/team/shop",
                            "BITBUCKET_PARALLEL_STEP", "0",
                            "BITBUCKET_PARALLEL_STEP_COUNT", "3"),
                    "x");

            assertThat(run.ci()).isEqualTo("Bitbucket Pipelines");
            assertThat(run.runKey()).isEqualTo("bitbucket-aa-bb-9");
            assertThat(run.revision().pullRequest()).contains("5");
            assertThat(run.url()).contains("https://bitbucket.example/team/shop/pipelines/results/9");
            assertThat(run.shard()).contains(new ShardIndex(1, 3));
        }

        @Test
        void whenBuildkiteBuildsABranch_thenItsFalsePullRequestIsNone() {
            RunContext run = CiEnvironment.read(
                    Map.of(
                            "BUILDKITE", "true",
                            "BUILDKITE_BUILD_ID", "b-1",
                            "BUILDKITE_PULL_REQUEST", "false",
                            "BUILDKITE_COMMIT", "c0ffee",
                            "BUILDKITE_PARALLEL_JOB", "1",
                            "BUILDKITE_PARALLEL_JOB_COUNT", "2"),
                    "x");

            assertThat(run.revision().pullRequest()).isEmpty();
            assertThat(run.shard()).contains(new ShardIndex(2, 2));
        }

        @Test
        void whenGitLabTestsAMergedResult_thenTheCommitIsTheBranchs() {
            RunContext run = CiEnvironment.read(
                    Map.of(
                            "GITLAB_CI", "true",
                            "CI_PIPELINE_ID", "7",
                            "CI_COMMIT_SHA", "merged",
                            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "pushed"),
                    "x");

            assertThat(run.revision().commit()).contains("pushed");
        }
    }

    @Nested
    class GivenJenkins {

        @Test
        void whenTheJobLiesInAFolder_thenTheKeyHasNoSlash() {
            RunContext run = CiEnvironment.read(
                    Map.of("JENKINS_URL", "http://ci/", "BUILD_TAG", "jenkins-team/shop e2e-4"), "x");

            assertThat(run.runKey()).isEqualTo("jenkins-jenkins-team-shop-e2e-4");
        }
    }
}
