package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.FixOutcome.PushProblem;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/**
 * The remote a branch is pushed to. Never creates a branch that is there, and moves one only from the commit it was seen at. One thread.
 */
interface Remote {

    /** Returns the remote of that name; empty if the repository has none. */
    static Optional<Remote> of(Repository repository, FixSettings settings) {
        String push = repository.getConfig().getString("remote", settings.remote(), "pushurl");
        String url = push != null ? push : repository.getConfig().getString("remote", settings.remote(), "url");
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        try {
            URIish full = new URIish(url.strip());
            int seconds = (int) Math.max(1, Math.min(3600, settings.timeout().toSeconds()));
            if (isSsh(full)) {
                return Optional.of(new SshRemote(repository, url.strip(), seconds));
            }
            GitCredentials credentials = settings.credentials();
            if (credentials.isEmpty() && isWeb(full) && full.getUser() != null) {
                credentials = new GitCredentials(
                        full.getUser(), full.getPass() == null ? Secret.none() : Secret.of(full.getPass()));
            }
            URIish address = isWeb(full) ? full.setUser(null).setPass(null) : full;
            return Optional.of(new JgitRemote(repository, address, credentials, seconds));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Returns whether git calls ssh for an address; {@code git@host:path} has no scheme. */
    private static boolean isSsh(URIish uri) {
        return uri.getHost() != null
                && (uri.getScheme() == null
                        || Set.of("ssh", "git+ssh", "ssh+git").contains(uri.getScheme()));
    }

    static boolean isWeb(URIish uri) {
        return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    }

    /** Returns the address without user and password. */
    String address();

    /** Returns where the branch is there. */
    Optional<ObjectId> head(String branch) throws IOException;

    /** Creates the branch there. */
    default PushAnswer push(ObjectId commit, String branch) {
        return push(commit, branch, ObjectId.zeroId());
    }

    /** Moves the branch there, unless somebody moved it since it was seen; {@code seen} is zero for one that must not be there. */
    PushAnswer push(ObjectId commit, String branch, ObjectId seen);

    /** Brings the objects of a branch of the remote into the repository; no ref and no FETCH_HEAD is written. */
    void fetch(String branch) throws IOException;

    /** Says why the remote could not be used. */
    Failed failed(IOException e);

    /** What the remote said to a push. */
    sealed interface PushAnswer {
        <T> T match(Function<Taken, T> taken, Function<Present, T> present, Function<Failed, T> failed);
    }

    /** The branch is there now. */
    record Taken() implements PushAnswer {
        @Override
        public <T> T match(Function<Taken, T> taken, Function<Present, T> present, Function<Failed, T> failed) {
            return taken.apply(this);
        }
    }

    /** A branch of that name was there already. */
    record Present(ObjectId commit) implements PushAnswer {
        @Override
        public <T> T match(Function<Taken, T> taken, Function<Present, T> present, Function<Failed, T> failed) {
            return present.apply(this);
        }
    }

    /** It did not work. */
    record Failed(PushProblem problem, String reason) implements PushAnswer {
        @Override
        public <T> T match(Function<Taken, T> taken, Function<Present, T> present, Function<Failed, T> failed) {
            return failed.apply(this);
        }
    }
}
