package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.FixOutcome.PushProblem;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** A remote that is reached by ssh: the machine's own git does it, with the keys, agents and jump hosts that machine is set up for. */
final class SshRemote implements Remote {

    private static final int SHOWN = 300;

    private final String address;
    private final GitProgram git;

    SshRemote(Repository repository, String address, int timeoutSeconds) {
        this.address = address;
        this.git = new GitProgram(repository, timeoutSeconds);
    }

    @Override
    public String address() {
        return GitContext.withoutUser(address);
    }

    @Override
    public Optional<ObjectId> head(String branch) throws IOException {
        String ref = "refs/heads/" + branch;
        GitProgram.Ended listed = run("ls-remote", "--", address, ref);
        return listed.out()
                .lines()
                .filter(line -> line.endsWith("\t" + ref) && ObjectId.isId(line.substring(0, line.indexOf('\t'))))
                .map(line -> ObjectId.fromString(line.substring(0, line.indexOf('\t'))))
                .findFirst();
    }

    @Override
    public PushAnswer push(ObjectId commit, String branch, ObjectId seen) {
        String ref = "refs/heads/" + branch;
        String expected = seen.equals(ObjectId.zeroId()) ? "" : seen.getName();
        try {
            GitProgram.Ended pushed = git.run(List.of(
                    "push",
                    "--porcelain",
                    "--no-verify",
                    "--force-with-lease=" + ref + ":" + expected,
                    "--",
                    address,
                    commit.getName() + ":" + ref));
            if (pushed.exitCode() == 0) {
                boolean upToDate = pushed.out().lines().anyMatch(line -> line.startsWith("="));
                return upToDate ? new Present(commit) : new Taken();
            }
            if (pushed.out().contains("[rejected] (stale info)")) {
                return head(branch)
                        .<PushAnswer>map(Present::new)
                        .orElseGet(() -> new Failed(
                                PushProblem.REJECTED, "the branch appeared there at the same moment. Run again."));
            }
            if (pushed.out().contains("[remote rejected]")) {
                return new Failed(
                        PushProblem.REJECTED,
                        "the remote refuses it (" + shown(pushed.out() + " " + pushed.err()) + "). Allow branches "
                                + FixBranch.PREFIX + "* for this user.");
            }
            return failed(new IOException(shown(pushed.err())));
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public void fetch(String branch) throws IOException {
        run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", address, "refs/heads/" + branch);
    }

    private GitProgram.Ended run(String... arguments) throws IOException {
        GitProgram.Ended ended = git.run(List.of(arguments));
        if (ended.exitCode() != 0) {
            throw new IOException(shown(ended.err()));
        }
        return ended;
    }

    @Override
    public Failed failed(IOException e) {
        String said = String.valueOf(e.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (e instanceof GitProgram.MissingException) {
            return new Failed(
                    PushProblem.UNSUPPORTED,
                    "pushing to " + address() + " needs the program git, which is not here. Install it, or give the"
                            + " remote an https address (git remote set-url --push).");
        }
        if (lower.contains("permission denied") || lower.contains("host key verification failed")) {
            return new Failed(
                    PushProblem.NOT_AUTHORIZED,
                    "ssh is not let in at " + address() + " (" + said + "). Give this machine a key that may write and"
                            + " the host's key, or give the remote an https address (git remote set-url --push).");
        }
        return new Failed(
                PushProblem.UNREACHABLE, "git could not reach " + address() + " (" + said + "). Push it later.");
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.substring(0, Math.min(SHOWN, line.length()));
    }
}
