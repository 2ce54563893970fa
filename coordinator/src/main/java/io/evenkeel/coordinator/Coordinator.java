package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.access.Secret;
import io.evenkeel.coordinator.access.UrlSigner;
import io.evenkeel.coordinator.artifact.ArtifactStore;
import io.evenkeel.coordinator.artifact.Artifacts;
import io.evenkeel.coordinator.artifact.FileArtifactStore;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.DatabaseException;
import io.evenkeel.coordinator.http.HttpFace;
import io.evenkeel.coordinator.http.HttpServer;
import io.javalin.util.JavalinBindException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A running coordinator: everything is built here, started in order and stopped in reverse.
 *
 * <p>Thread-safe. Tests start the same thing on port 0 and a temporary folder.
 */
public final class Coordinator implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Coordinator.class.getName());

    private final Deque<AutoCloseable> parts;
    private final String host;
    private final Projects projects;
    private final HttpFace face;
    private final Secret adminToken;

    private Coordinator(Deque<AutoCloseable> parts, Settings settings, InstantSource clock) {
        this.parts = parts;
        this.host = settings.host();
        DataFolder folder = part(DataFolder.take(settings.data()));
        Database database = part(Database.open(folder.database()));
        UrlSigner signer = new UrlSigner(folder.urlKey());
        this.adminToken = settings.outside().adminToken().orElseGet(folder::adminToken);
        this.projects = new Projects(database, clock);
        Artifacts artifacts = new Artifacts(database, new FileArtifactStore(folder.artifacts()), clock);
        this.face = part(HttpFace.start(
                new HttpFace.Parts(database, projects, artifacts, signer, clock),
                new HttpFace.Wishes(
                        new HttpServer.Listen(settings.host(), settings.port()),
                        settings.reading(),
                        adminToken,
                        settings.outside().publicUrl())));
    }

    /**
     * Starts a coordinator with the clock of this machine.
     *
     * @throws StartException when it cannot: data folder, schema or port; the message is one line for people
     */
    public static Coordinator start(Settings settings) {
        return start(settings, InstantSource.system());
    }

    /** Starts a coordinator with this clock; as {@link #start(Settings)}. */
    public static Coordinator start(Settings settings, InstantSource clock) {
        Logs.quietLibraries();
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            Coordinator coordinator = new Coordinator(parts, settings, clock);
            Logs.started();
            return coordinator;
        } catch (RuntimeException e) {
            stop(parts);
            throw reason(settings, e);
        }
    }

    private static RuntimeException reason(Settings settings, RuntimeException e) {
        if (e instanceof JavalinBindException) {
            return new StartException(
                    "Port " + settings.port() + " of " + settings.host()
                            + " is taken or not ours. Stop what listens there, or choose another with --port (0 takes any free"
                            + " one).",
                    e);
        }
        if (e instanceof DatabaseException || e instanceof ArtifactStore.StorageException) {
            return new StartException(String.valueOf(e.getMessage()), e);
        }
        return e;
    }

    /** Returns where it listens. */
    public URI url() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + face.port());
    }

    /** Returns the projects, for commands and tests in the same process. */
    public Projects projects() {
        return projects;
    }

    /** Returns the administrator's token. */
    public Secret adminToken() {
        return adminToken;
    }

    /** Returns the HTTP side, so that tests can compare its routes with the reference. */
    HttpFace face() {
        return face;
    }

    /** Stops taking requests, writes what waits, closes the files. */
    @Override
    public void close() {
        stop(parts);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private static void stop(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                // The others must stop all the same.
                LOG.log(Level.WARNING, part.getClass().getSimpleName() + " did not stop: " + e.getMessage(), e);
            }
        }
    }
}
