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
    class GivenJenkins {

        @Test
        void whenTheJobLiesInAFolder_thenTheKeyHasNoSlash() {
            RunContext run = CiEnvironment.read(
                    Map.of("JENKINS_URL", "http://ci/", "BUILD_TAG", "jenkins-team/shop e2e-4"), "x");

            assertThat(run.runKey()).isEqualTo("jenkins-jenkins-team-shop-e2e-4");
        }
    }
}
