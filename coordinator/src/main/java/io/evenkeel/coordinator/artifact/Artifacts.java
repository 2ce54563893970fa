package io.evenkeel.coordinator.artifact;

import io.evenkeel.coordinator.database.Database;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The artifacts of each project: who has put which content.
 *
 * <p>Contents are shared between projects, knowledge of them is not: a project sees a content only after it has sent the bytes
 * itself. Thread-safe.
 */
public final class Artifacts {

    private final Database database;
    private final ArtifactStore store;
    private final InstantSource clock;

    /** Works on this database and store. */
    public Artifacts(Database database, ArtifactStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    /** Stores the bytes for the project; returns when file and row are durable. */
    public long put(long projectId, Sha256 hash, InputStream bytes) {
        long size = store.put(hash, bytes);
        return database.writer().write(tx -> {
            tx.update("""
                    insert into artifact (sha256, project_id, size, created_ms) values (?, ?, ?, ?)
                    on conflict (sha256, project_id) do nothing""", hash.hex(), projectId, size, clock.millis());
            return size;
        });
    }

    /** Returns whether the project has put this content. */
    public boolean has(long projectId, Sha256 hash) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(
                                "select 1 from artifact where sha256 = :hash and project_id = :project")
                        .bind("hash", hash.hex())
                        .bind("project", projectId)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    /** Opens the content; the caller has checked that it may be read, and closes the stream. */
    public Optional<ArtifactStore.Stored> open(Sha256 hash) {
        return store.get(hash);
    }
}
