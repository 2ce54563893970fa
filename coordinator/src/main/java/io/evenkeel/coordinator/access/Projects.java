package io.evenkeel.coordinator.access;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The projects and the hashes of their tokens. Thread-safe. */
public final class Projects {

    private static final String COLUMNS = "p.id, p.slug, p.name, p.stable_branches";
    private static final RowMapper<Project> MAPPER = (row, context) -> new Project(
            row.getLong(1),
            row.getString(2),
            row.getString(3),
            Arrays.stream(row.getString(4).split(",", -1)).toList());

    private final Database database;
    private final InstantSource clock;

    // A revoked token may work for this long; without it every batch would read two tables more.
    private final Cache<String, Project> known = CacheBuilder.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    /** Works on this database. */
    public Projects(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A project and its new token, which is never shown again. */
    public record Created(Project project, Secret token) {}

    /** The slug is taken. */
    public static final class SlugTakenException extends RuntimeException {
        SlugTakenException(String slug) {
            super("The project \"" + slug + "\" is already there. Choose another slug, or add a token to it with"
                    + " `token add " + slug + "`.");
        }
    }

    /**
     * Adds a project with its first token.
     *
     * @throws IllegalArgumentException when the slug has a wrong form
     * @throws SlugTakenException when it is there already
     */
    public Created add(String slug, String name) {
        if (!Project.isSlug(slug)) {
            throw new IllegalArgumentException(
                    "The slug (" + slug
                            + ") of a project must be 1 to 64 lower-case letters, digits and inner hyphens, for example \"web-shop\".");
        }
        Secret token = ProjectToken.create();
        return database.writer().write(tx -> {
            if (tx.first("select id from project where slug = ?", row -> row.getLong(1), slug)
                    .isPresent()) {
                throw new SlugTakenException(slug);
            }
            long id = tx.insert(
                    "insert into project (slug, name, stable_branches, created_ms) values (?, ?, ?, ?) returning id",
                    slug,
                    name,
                    String.join(",", Project.DEFAULT_STABLE),
                    clock.millis());
            insertToken(tx, id, token);
            return new Created(new Project(id, slug, name, Project.DEFAULT_STABLE), token);
        });
    }

    /** Adds one more token to a project, for example to replace one; empty when there is no such project. */
    public Optional<Secret> addToken(String slug) {
        Secret token = ProjectToken.create();
        return database.writer().write(tx -> {
            Optional<Long> id = tx.first("select id from project where slug = ?", row -> row.getLong(1), slug);
            if (id.isPresent()) {
                insertToken(tx, id.get(), token);
            }
            return id.map(found -> token);
        });
    }

    /** Returns the project this token belongs to, empty for a token nobody knows. */
    public Optional<Project> ofToken(Secret token) {
        String hash = token.sha256();
        Project cached = known.getIfPresent(hash);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Project> found = database.reader()
                .withHandle(handle -> handle.createQuery("select " + COLUMNS
                                + " from token t join project p on p.id = t.project_id where t.sha256 = :hash")
                        .bind("hash", hash)
                        .map(MAPPER)
                        .findOne());
        found.ifPresent(project -> known.put(hash, project));
        return found;
    }

    /** Returns the project with this slug. */
    public Optional<Project> bySlug(String slug) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select " + COLUMNS + " from project p where p.slug = :slug")
                        .bind("slug", slug)
                        .map(MAPPER)
                        .findOne());
    }

    /** Returns all projects by slug. */
    public List<Project> all() {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select " + COLUMNS + " from project p order by p.slug")
                        .map(MAPPER)
                        .list());
    }

    private void insertToken(Transaction tx, long project, Secret token) {
        tx.update(
                "insert into token (project_id, sha256, prefix, created_ms) values (?, ?, ?, ?)",
                project,
                token.sha256(),
                ProjectToken.shown(token),
                clock.millis());
    }
}
