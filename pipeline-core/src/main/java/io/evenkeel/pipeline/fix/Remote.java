package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.FixOutcome.PushProblem;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * The remote a branch is pushed to. Never creates a branch that is there, and moves one only from the commit it was seen at. One thread.
 */
final class Remote {

    private final Repository repository;
    private final URIish address;
    private final GitCredentials credentials;
    private final int timeoutSeconds;

    private Remote(Repository repository, URIish address, GitCredentials credentials, int timeoutSeconds) {
        this.repository = repository;
        this.address = address;
        this.credentials = credentials;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** Returns the remote of that name; empty if the repository has none. */
    static Optional<Remote> of(Repository repository, FixSettings settings) {
        String push = repository.getConfig().getString("remote", settings.remote(), "pushurl");
        String url = push != null ? push : repository.getConfig().getString("remote", settings.remote(), "url");
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        try {
            URIish full = new URIish(url.strip());
            GitCredentials credentials = settings.credentials();
            if (credentials.isEmpty() && isWeb(full) && full.getUser() != null) {
                credentials = new GitCredentials(
                        full.getUser(), full.getPass() == null ? Secret.none() : Secret.of(full.getPass()));
            }
            URIish address = isWeb(full) ? full.setUser(null).setPass(null) : full;
            int seconds = (int) Math.max(1, Math.min(3600, settings.timeout().toSeconds()));
            return Optional.of(new Remote(repository, address, credentials, seconds));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isWeb(URIish uri) {
        return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    }

    /** Returns the address without user and password. */
    String address() {
        return GitContext.withoutUser(address.toString());
    }

    /** Returns where the branch is there. */
    Optional<ObjectId> head(String branch) throws IOException {
        try (Transport transport = open();
                FetchConnection connection = transport.openFetch()) {
            return Optional.ofNullable(connection.getRef("refs/heads/" + branch))
                    .map(Ref::getObjectId);
        }
    }

    /** Creates the branch there. */
    PushAnswer push(ObjectId commit, String branch) {
        return push(commit, branch, ObjectId.zeroId());
    }

    /** Moves the branch there, unless somebody moved it since it was seen; {@code seen} is zero for one that must not be there. */
    PushAnswer push(ObjectId commit, String branch, ObjectId seen) {
        String ref = "refs/heads/" + branch;
        boolean moves = !seen.equals(ObjectId.zeroId());
        try (Transport transport = open()) {
            RemoteRefUpdate update = new RemoteRefUpdate(repository, null, commit, ref, moves, null, seen);
            PushResult result = transport.push(monitor(), List.of(update));
            RemoteRefUpdate.Status status = update.getStatus();
            switch (status) {
                case OK:
                    return new Taken();
                case UP_TO_DATE:
                    return new Present(commit);
                case REJECTED_REMOTE_CHANGED:
                case REJECTED_NONFASTFORWARD:
                    Ref there = result.getAdvertisedRef(ref);
                    return there == null
                            ? new Failed(
                                    PushProblem.REJECTED, "the branch appeared there at the same moment. Run again.")
                            : new Present(there.getObjectId());
                default:
                    // Why a rule or a hook refuses stands in what the server prints.
                    String said = ((update.getMessage() == null ? status.name() : update.getMessage()) + " "
                                    + result.getMessages())
                            .replaceAll("\\s+", " ")
                            .strip();
                    return new Failed(
                            PushProblem.REJECTED,
                            "the remote refuses it (" + clean(said.substring(0, Math.min(300, said.length())))
                                    + "). Allow branches " + FixBranch.PREFIX + "* for this user.");
            }
        } catch (IOException e) {
            return failed(e);
        }
    }

    /** Brings the objects of a branch of the remote into the repository; no ref and no FETCH_HEAD is written. */
    void fetch(String branch) throws IOException {
        try (Transport transport = open();
                FetchConnection connection = transport.openFetch()) {
            Ref ref = connection.getRef("refs/heads/" + branch);
            if (ref != null) {
                connection.fetch(monitor(), List.of(ref), Set.of());
            }
        }
    }

    private Transport open() throws IOException {
        Transport transport = Transport.open(repository, address);
        transport.setTimeout(timeoutSeconds);
        if (!credentials.isEmpty()) {
            String user = credentials.user().isEmpty() ? "evenkeel" : credentials.user();
            transport.setCredentialsProvider(new UsernamePasswordCredentialsProvider(
                    user, credentials.password().reveal()));
        }
        return transport;
    }

    /** The time limit of a transport is for one silence; this one is for the whole transfer. */
    private ProgressMonitor monitor() {
        long end = System.nanoTime() + timeoutSeconds * 10L * 1_000_000_000L;
        return new NullProgressMonitorWithEnd(end);
    }

    /** Says why the remote could not be used. */
    Failed failed(IOException e) {
        String said = clean(String.valueOf(e.getMessage()));
        String lower = said.toLowerCase(Locale.ROOT);
        if (e instanceof NotSupportedException || (!isWeb(address) && address.getHost() != null)) {
            return new Failed(
                    PushProblem.UNSUPPORTED,
                    "pushing to " + address()
                            + " is not supported here. Push it yourself, or give the remote an https address"
                            + " (git remote set-url --push).");
        }
        if (lower.contains("not authorized")
                || lower.contains("not permitted")
                || lower.contains("authentication")
                || lower.contains("credentials")) {
            return new Failed(
                    PushProblem.NOT_AUTHORIZED,
                    "the remote does not accept the credentials"
                            + (credentials.isEmpty() ? " (there are none)" : " of " + credentials.user())
                            + ". Give a token that may write to the repository.");
        }
        if (e instanceof NoRemoteRepositoryException || lower.contains("not found")) {
            return new Failed(
                    PushProblem.UNREACHABLE,
                    "there is no repository at " + address() + ", or these credentials may not see it.");
        }
        boolean network = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            network |= cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketException
                    || cause instanceof java.net.SocketTimeoutException;
        }
        boolean remote = network || e instanceof TransportException;
        return new Failed(
                PushProblem.UNREACHABLE,
                remote
                        ? "no git server answers at " + address() + " (" + said + "). Push it later."
                        : "the push broke (" + said + "). Push it later.");
    }

    private String clean(String text) {
        return credentials.password().maskIn(text).replaceAll("//[^/@\\s]*@", "//");
    }

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

    private static final class NullProgressMonitorWithEnd implements ProgressMonitor {

        private final long end;

        NullProgressMonitorWithEnd(long end) {
            this.end = end;
        }

        @Override
        public boolean isCancelled() {
            return System.nanoTime() - end > 0;
        }

        @Override
        public void start(int totalTasks) {
            NullProgressMonitor.INSTANCE.start(totalTasks);
        }

        @Override
        public void beginTask(String title, int totalWork) {
            NullProgressMonitor.INSTANCE.beginTask(title, totalWork);
        }

        @Override
        public void update(int completed) {
            NullProgressMonitor.INSTANCE.update(completed);
        }

        @Override
        public void endTask() {
            NullProgressMonitor.INSTANCE.endTask();
        }

        @Override
        public void showDuration(boolean enabled) {
            NullProgressMonitor.INSTANCE.showDuration(enabled);
        }
    }
}
