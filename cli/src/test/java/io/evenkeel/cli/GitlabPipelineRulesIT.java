package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.playwright.RunCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which pipelines there are with templates/evenkeel-pipelines.yml.
 *
 * <p>gitlab-ci-local starts every pipeline it is asked for, so the rules are tried on a job that refers to them: it evaluates those.
 */
class GitlabPipelineRulesIT {

    @TempDir
    Path project;

    @BeforeEach
    void layOut() throws Exception {
        Path templates = Files.createDirectory(project.resolve("templates"));
        Files.copy(
                Path.of("../gitlab-runner-helper/templates/evenkeel-pipelines.yml"),
                templates.resolve("evenkeel-pipelines.yml"));
        Files.writeString(project.resolve(".gitlab-ci.yml"), """
            include:
              - local: templates/evenkeel-pipelines.yml
            probe:
              rules: !reference [workflow, rules]
              script: ["true"]
            """);
        Command git = Command.plain(
                new RunCommand(List.of("bash", "-ec"), project, Map.of()),
                Map.of(),
                "git init -q -b main; git add -A; git -c user.name=a -c user.email=a@localhost commit -qm a;"
                        + " git remote add origin git@gitlab.example:shop/web.git");
        assertThat(git.exitCode()).as(git.err()).isZero();
    }

    private boolean hasPipeline(String... variables) throws Exception {
        Path program = Path.of("../fixtures/forges/node_modules/gitlab-ci-local/src/index.js")
                .toAbsolutePath()
                .normalize();
        List<String> words = new java.util.ArrayList<>(List.of("node", program.toString(), "--list"));
        for (String variable : variables) {
            words.addAll(List.of("--variable", variable));
        }
        Command list = Command.plain(new RunCommand(words, project, Map.of()), Map.of());
        assertThat(list.exitCode()).as(list.out() + list.err()).isZero();
        return list.out().lines().anyMatch(line -> line.startsWith("probe "));
    }

    @Test
    void whenABranchHasNoMergeRequest_thenThePushHasAPipeline() throws Exception {
        assertThat(hasPipeline("CI_PIPELINE_SOURCE=push")).isTrue();
    }

    @Test
    void whenABranchHasAMergeRequest_thenOnlyTheMergeRequestHasAPipeline() throws Exception {
        String open = "CI_OPEN_MERGE_REQUESTS=shop/web!17";

        assertThat(hasPipeline("CI_PIPELINE_SOURCE=push", open)).isFalse();
        // GitLab sets no branch in pipelines of merge requests.
        assertThat(hasPipeline("CI_PIPELINE_SOURCE=merge_request_event", "CI_COMMIT_BRANCH=", open))
                .isTrue();
    }
}
