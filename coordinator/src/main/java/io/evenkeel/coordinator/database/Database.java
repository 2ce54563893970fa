package io.evenkeel.coordinator.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/**
 * The open database of one coordinator.
 *
 * <p>Thread-safe. Readers see a consistent snapshot and never wait for the writer (write-ahead log).
 */
public final class Database implements AutoCloseable {

    private static final int READERS = 4;
    private static final int CACHE_KIB = 32 * 1024;
    private static final long MAPPED_BYTES = 256L * 1024 * 1024;
    private static final int CHECKPOINT_PAGES = 16_384;
    private static final long JOURNAL_LIMIT = 64L * 1024 * 1024;
    private static final Logger LOG = System.getLogger(Database.class.getName());

    private final Connection connection;
    private final Writer writer;
    private final HikariDataSource readers;
    private final Jdbi jdbi;

    private Database(Connection connection, HikariDataSource readers) {
        this.connection = connection;
        this.writer = new Writer(connection);
        this.readers = readers;
        this.jdbi = Jdbi.create(readers);
    }

    /**
     * Opens the file, creates it if it is not there, and brings its schema up to date.
     *
     * @throws DatabaseException when the file is no database, was written by a later version, or cannot be opened; the message
     *     is one line and says what to do
     */
    public static Database open(Path file) {
        String url = "jdbc:sqlite:" + file;
        Connection connection = null;
        try {
            connection = DriverManager.getConnection(url, writing());
            connection.setAutoCommit(true);
            pragma(connection, "journal_size_limit=" + JOURNAL_LIMIT);
            migrate(url);
            return new Database(connection, readers(url));
        } catch (SQLException | FlywayException e) {
            closeQuietly(connection);
            throw refused(file, e);
        }
    }

    /** Returns the writer. */
    public Writer writer() {
        return writer;
    }

    /** Returns the readers. */
    public Jdbi reader() {
        return jdbi;
    }

    /** Returns whether a reader gets an answer and the writer is alive. */
    public boolean answers() {
        try {
            return writer.alive()
                    && jdbi.withHandle(handle -> handle.createQuery("select 1")
                                    .mapTo(Integer.class)
                                    .one())
                            == 1;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "database does not answer: " + e.getMessage());
            return false;
        }
    }

    /** Moves the write-ahead log into the database file, so that it does not grow while readers come and go. */
    public void checkpoint() {
        writer.write(transaction -> true);
        try (Connection own = readers.getConnection();
                Statement statement = own.createStatement()) {
            statement.execute("pragma wal_checkpoint(passive)");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "checkpoint failed: " + e.getMessage());
        }
    }

    /** Writes what waits and closes everything. */
    @Override
    public void close() {
        writer.close();
        readers.close();
        try {
            pragma(connection, "wal_checkpoint(truncate)");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "last checkpoint failed: " + e.getMessage());
        }
        closeQuietly(connection);
    }

    private static void migrate(String url) throws SQLException {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(url, "", "")
                .locations("classpath:io/evenkeel/coordinator/database/migration")
                .ignoreMigrationPatterns(new String[0])
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    private static HikariDataSource readers(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("evenkeel-readers");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        SQLiteConfig reading = base();
        reading.setReadOnly(false);
        Properties properties = reading.toProperties();
        properties.forEach((key, value) -> config.addDataSourceProperty(String.valueOf(key), value));
        config.setConnectionInitSql("pragma query_only=true");
        return new HikariDataSource(config);
    }

    private static Properties writing() {
        SQLiteConfig config = base();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
        return config.toProperties();
    }

    private static SQLiteConfig base() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(5_000);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-CACHE_KIB);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, String.valueOf(MAPPED_BYTES));
        return config;
    }

    private static void pragma(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma " + pragma);
        }
    }

    private static DatabaseException refused(Path file, Exception cause) {
        String text = String.valueOf(cause.getMessage());
        String firstLine =
                text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
        if (text.contains("NOTADB")) {
            return new DatabaseException(
                    file + " is no SQLite database. Choose another data folder with --data.", cause);
        }
        if (text.contains("not resolved locally") || text.contains("checksum mismatch")) {
            return new DatabaseException(
                    file
                            + " has a schema this version does not know. Start the version that wrote it, or choose another"
                            + " data folder with --data.",
                    cause);
        }
        return new DatabaseException(
                file + " cannot be opened (" + firstLine
                        + "). Check that the data folder is writable, or choose another" + " with --data.",
                cause);
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(Level.DEBUG, "close failed: " + e.getMessage());
            }
        }
    }
}
