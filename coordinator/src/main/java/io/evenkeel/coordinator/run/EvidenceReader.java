package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.history.Codes;
import io.evenkeel.coordinator.run.AttemptView.AttachmentView;
import io.evenkeel.coordinator.run.AttemptView.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what attempts left behind. Thread-safe. */
public final class EvidenceReader {

    private static final String ATTACHMENT =
            "a.id, a.attempt_id, a.name, a.content_type, a.sha256, a.size, length(a.body) as inline_bytes";

    private final Database database;

    /** Reads from this database. */
    public EvidenceReader(Database database) {
        this.database = database;
    }

    /** An attachment with the test and attempt it belongs to. */
    public record Located(String testId, int retry, AttachmentView attachment) {}

    /** Content of an attachment: its description, and its bytes when they are in the database. */
    public record Content(AttachmentView attachment, byte[] body) {

        public Content {
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }
    }

    /** Returns the attempts of one test in one run, in the order they ended. */
    public List<AttemptView> attempts(long runId, long testKey) {
        return database.reader().inTransaction(handle -> {
            Map<Long, List<Failure>> failures = new HashMap<>();
            handle.createQuery("""
                            select f.attempt_id, f.message, f.stack, f.snippet, f.file, f.line, f.category, f.cause
                            from attempt a join failure f on f.attempt_id = a.id
                            where a.run_id = :run and a.test_id = :test order by f.attempt_id, f.ord""")
                    .bind("run", runId)
                    .bind("test", testKey)
                    .map((row, context) -> failures.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                            .add(failure(row)))
                    .list();
            Map<Long, List<AttachmentView>> attachments = new HashMap<>();
            handle.createQuery("select " + ATTACHMENT
                            + " from attempt t join attachment a on a.run_id = t.run_id and a.attempt_id = t.id"
                            + " where t.run_id = :run and t.test_id = :test order by a.id")
                    .bind("run", runId)
                    .bind("test", testKey)
                    .map((row, context) -> attachments
                            .computeIfAbsent(row.getLong(2), id -> new ArrayList<>())
                            .add(attachment(row)))
                    .list();
            return handle.createQuery("""
                            select id, retry, status, started_ms, duration_ms, spool_id, parallel
                            from attempt where run_id = :run and test_id = :test order by id""")
                    .bind("run", runId)
                    .bind("test", testKey)
                    .map((row, context) -> attempt(row, failures, attachments))
                    .list();
        });
    }

    /** Returns the first error of the last failed attempt of each test of a run, by the key of the test. */
    public Map<Long, Failure> lastErrors(long runId) {
        Map<Long, Failure> errors = new HashMap<>();
        database.reader()
                .useHandle(handle -> handle.createQuery("""
                        select a.test_id, f.message, f.stack, f.snippet, f.file, f.line, f.category, f.cause
                        from attempt a join failure f on f.attempt_id = a.id and f.ord = 0
                        where a.run_id = :run order by a.id""")
                        .bind("run", runId)
                        .map((row, context) -> Map.entry(row.getLong(1), failure(row)))
                        .forEach(entry -> errors.put(entry.getKey(), entry.getValue())));
        return errors;
    }

    /** Returns all attachments of a run in the order they came. */
    public List<Located> attachments(long runId) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select " + ATTACHMENT
                                + ", t.playwright_id, p.retry from attachment a join attempt p on p.id = a.attempt_id"
                                + " join test t on t.id = p.test_id where a.run_id = :run order by a.id")
                        .bind("run", runId)
                        .map((row, context) ->
                                new Located(row.getString("playwright_id"), row.getInt("retry"), attachment(row)))
                        .list());
    }

    /** Returns an attachment of this run. */
    public Optional<Content> attachment(long runId, long id) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select " + ATTACHMENT
                                + ", a.body from attachment a where a.run_id = :run and a.id = :id")
                        .bind("run", runId)
                        .bind("id", id)
                        .map((row, context) -> new Content(attachment(row), row.getBytes("body")))
                        .findOne());
    }

    /** Returns errors outside of tests, at most 100. */
    public List<Failure> outsideErrors(long runId) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select id, message, stack, snippet, file, line, '' as category, '' as cause
                        from run_error where run_id = :run order by id limit 100""")
                        .bind("run", runId)
                        .map((row, context) -> failure(row))
                        .list());
    }

    /** Returns what a test printed, at most 64 KiB of its end. */
    public String output(long runId, long testKey) {
        List<String> parts = database.reader()
                .withHandle(handle -> handle.createQuery(
                                "select text from output where run_id = :run and test_id = :test order by id desc limit 2000")
                        .bind("run", runId)
                        .bind("test", testKey)
                        .mapTo(String.class)
                        .list());
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (text.length() > EvidenceWriter.MOST_TEXT) {
                break;
            }
            text.insert(0, part);
        }
        return text.toString();
    }

    private static AttemptView attempt(
            ResultSet row, Map<Long, List<Failure>> failures, Map<Long, List<AttachmentView>> attachments)
            throws SQLException {
        long id = row.getLong("id");
        return new AttemptView(
                id,
                row.getInt("retry"),
                Codes.status(row.getString("status").charAt(0)).wireName(),
                new AttemptView.Place(
                        Instant.ofEpochMilli(row.getLong("started_ms")),
                        Duration.ofMillis(row.getLong("duration_ms")),
                        row.getLong("spool_id"),
                        row.getInt("parallel")),
                new AttemptView.Evidence(
                        failures.getOrDefault(id, List.of()), attachments.getOrDefault(id, List.of())));
    }

    private static Failure failure(ResultSet row) throws SQLException {
        return new Failure(
                row.getString("message"),
                row.getString("stack"),
                row.getString("snippet"),
                row.getString("file"),
                row.getInt("line"),
                row.getString("category"),
                row.getString("cause"));
    }

    private static AttachmentView attachment(ResultSet row) throws SQLException {
        return new AttachmentView(
                row.getLong("id"),
                row.getString("name"),
                row.getString("content_type"),
                row.getString("sha256"),
                row.getLong("size"),
                row.getLong("inline_bytes") > 0);
    }
}
