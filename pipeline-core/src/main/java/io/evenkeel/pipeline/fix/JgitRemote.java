package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.fix.FixOutcome.PushProblem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

/** A remote that JGit speaks to by itself: http, https and folders. One thread. */
final class JgitRemote implements Remote {

    private final Repository repository;
    private final URIish address;
    private final GitCredentials credentials;
    private final int timeoutSeconds;

    JgitRemote(Repository repository, URIish address, GitCredentials credentials, int timeoutSeconds) {
        this.repository = repository;
        this.address = address;
        this.credentials = credentials;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public String address() {
        return GitContext.withoutUser(address.toString());
    }

    @Override
    public Optional<ObjectId> head(String branch) throws IOException {
        try (Transport transport = open();
                FetchConnection connection = transport.openFetch()) {
            return Optional.ofNullable(connection.getRef("refs/heads/" + branch))
                    .map(Ref::getObjectId);
        }
    }

    @Override
    public PushAnswer push(ObjectId commit, String branch, ObjectId seen) {
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

    @Override
    public void fetch(String branch) throws IOException {
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

    @Override
    public Failed failed(IOException e) {
        String said = clean(String.valueOf(e.getMessage()));
        String lower = said.toLowerCase(Locale.ROOT);
        if (e instanceof NotSupportedException || (!Remote.isWeb(address) && address.getHost() != null)) {
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
