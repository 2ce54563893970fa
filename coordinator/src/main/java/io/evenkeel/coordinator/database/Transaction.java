package io.evenkeel.coordinator.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one piece of work may do inside the writer's transaction.
 *
 * <p>Every method throws {@link DatabaseException} when the database refuses. Prepared statements are kept for the life of the connection, so the hot path never parses SQL twice. One thread: the
 * writer's.
 */
public final class Transaction {

    /** So few rows are as fast one by one. */
    private static final int FEW = 32;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements;
    private final Map<String, List<Object[]>> rows = new LinkedHashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> afterRollback = new ArrayList<>();

    Transaction(Connection connection, Map<String, PreparedStatement> statements) {
        this.connection = connection;
        this.statements = statements;
    }

    /** Reads one row. */
    public interface Row<T> {
        /** Returns the value of the row the result set stands on. */
        T read(ResultSet row) throws SQLException;
    }

    /** Runs an insert, update or delete and returns the number of rows. */
    public int update(String sql, Object... arguments) {
        try {
            return bind(prepared(sql), arguments).executeUpdate();
        } catch (SQLException e) {
            throw DatabaseException.ofWrite(e);
        }
    }

    /** Inserts one row and returns its integer key; the statement must end in {@code returning id}. */
    public long insert(String sql, Object... arguments) {
        return first(sql, row -> row.getLong(1), arguments)
                .orElseThrow(() -> new IllegalStateException("The insert (" + sql + ") must end in returning id."));
    }

    /** Returns the first row, empty when there is none. */
    public <T> Optional<T> first(String sql, Row<T> mapper, Object... arguments) {
        try (ResultSet rows = bind(prepared(sql), arguments).executeQuery()) {
            return rows.next() ? Optional.of(mapper.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw DatabaseException.ofWrite(e);
        }
    }

    /** Returns all rows. */
    public <T> List<T> all(String sql, Row<T> mapper, Object... arguments) {
        List<T> values = new ArrayList<>();
        try (ResultSet rows = bind(prepared(sql), arguments).executeQuery()) {
            while (rows.next()) {
                values.add(mapper.read(rows));
            }
        } catch (SQLException e) {
            throw DatabaseException.ofWrite(e);
        }
        return values;
    }

    /** Keeps one row for {@link #flush()}; rows of one statement are sent together, statements in the order of their first row. */
    public void later(String sql, Object... arguments) {
        rows.computeIfAbsent(sql, key -> new ArrayList<>()).add(arguments);
    }

    /** Sends what {@link #later} gathered. The writer calls it before it commits. */
    public void flush() {
        try {
            for (Map.Entry<String, List<Object[]>> each : rows.entrySet()) {
                send(each.getKey(), each.getValue());
            }
        } catch (SQLException e) {
            throw DatabaseException.ofWrite(e);
        }
        rows.clear();
    }

    private void send(String sql, List<Object[]> gathered) throws SQLException {
        PreparedStatement statement = prepared(sql);
        if (gathered.size() <= FEW) {
            for (Object[] arguments : gathered) {
                bind(statement, arguments).executeUpdate();
            }
            return;
        }
        try {
            for (Object[] arguments : gathered) {
                bind(statement, arguments).addBatch();
            }
            statement.executeBatch();
        } finally {
            // The driver keeps the room of its largest batch and wipes all of it each time: a queue of 10,000 items
            // made every claim pay.
            statements.remove(sql);
            statement.close();
        }
    }

    /** Runs this when the transaction is durable, on the writer's thread; must be quick and must not throw. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Runs this when nothing of the work was kept, for example to forget what a cache learned from it. */
    public void afterRollback(Runnable action) {
        afterRollback.add(action);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    void rolledBack() {
        rows.clear();
        afterRollback.forEach(Runnable::run);
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private static PreparedStatement bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
