package io.evenkeel.jenkins.publish;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import org.jenkinsci.plugins.github_branch_source.Connector;
import org.jenkinsci.plugins.github_branch_source.GitHubSCMSource;
import org.jenkinsci.plugins.github_branch_source.PullRequestSCMRevision;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GitHub;

/** Sets commit statuses with the credentials of a GitHub branch source; there only when that plugin is installed. Thread-safe. */
@Extension(optional = true)
public final class GitHubCommitStatus extends CommitStatusPublisher {

    @Override
    protected Optional<String> publish(Run<?, ?> run, CommitStatus status, TaskListener listener) throws IOException {
        SCMSource source = SCMSource.SourceByItem.findSource(run.getParent());
        if (!(source instanceof GitHubSCMSource gitHub)) {
            return Optional.empty();
        }
        Optional<String> commit = commit(SCMRevisionAction.getRevision(source, run));
        if (commit.isEmpty()) {
            return Optional.of("No commit status was set: this build does not say which commit it has tested.");
        }
        GitHub connection = Connector.connect(
                gitHub.getApiUri(),
                Connector.lookupScanCredentials(
                        run.getParent(), gitHub.getApiUri(), gitHub.getCredentialsId(), gitHub.getRepoOwner()));
        try {
            connection
                    .getRepository(gitHub.getRepoOwner() + "/" + gitHub.getRepository())
                    .createCommitStatus(
                            commit.get(),
                            status.passed() ? GHCommitState.SUCCESS : GHCommitState.FAILURE,
                            status.url(),
                            status.description(),
                            status.context());
        } finally {
            Connector.release(connection);
        }
        return Optional.of("Commit status " + status.context() + " set on " + commit.get() + ".");
    }

    /** A pull request shows the statuses of its own head, not those of the merge that was built. */
    private static Optional<String> commit(SCMRevision revision) {
        if (revision instanceof PullRequestSCMRevision pull) {
            return Optional.of(pull.getPullHash());
        }
        return revision instanceof AbstractGitSCMSource.SCMRevisionImpl branch
                ? Optional.of(branch.getHash())
                : Optional.empty();
    }
}
