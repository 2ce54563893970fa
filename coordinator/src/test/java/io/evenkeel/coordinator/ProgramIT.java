package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as people start it: each thing that can be wrong is one clear line and a documented exit code. */
@Timeout(300)
@SuppressWarnings("NullAway.Init") // JUnit fills the field
class ProgramIT {

    @TempDir
    private Path folder;

    @Test
    void whenThePortIsTaken_thenItSaysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program.Ended ended = run("--port", String.valueOf(taken.getLocalPort()), "--data", folder.toString());

            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.lines())
                    .singleElement()
                    .asString()
                    .contains("is taken")
                    .contains("--port");
        }
    }

    @Test
    void whenTheDataFolderIsAFile_thenItSaysSo() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Program.Ended ended = run("--port", "0", "--data", file.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.lines())
                .singleElement()
                .asString()
                .contains("cannot be written")
                .contains("--data");
    }

    @Test
    void whenTheDatabaseIsSomethingElse_thenItSaysSo() throws Exception {
        Files.writeString(folder.resolve("evenkeel.db"), "this is a letter, not a database ".repeat(100));

        Program.Ended ended = run("--port", "0", "--data", folder.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.lines()).singleElement().asString().contains("is no SQLite database");
    }

    @Test
    void whenALaterVersionWroteTheSchema_thenItIsLeftAlone() throws Exception {
        assertThat(run("project", "add", "shop", "--data", folder.toString()).exitCode())
                .isZero();
        pretendLaterVersion();

        Program.Ended ended = run("--port", "0", "--data", folder.toString());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.lines()).singleElement().asString().contains("has a schema this version does not know");
    }

    @Test
    void whenAnotherCoordinatorHasTheFolder_thenItIsLeftAlone() throws Exception {
        try (Program first = Program.start("--port", "0", "--data", folder.toString())) {
            first.ready();

            Program.Ended second = run("--port", "0", "--data", folder.toString());
            Program.Ended added = run("project", "add", "shop", "--data", folder.toString());

            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.lines()).singleElement().asString().contains("Another coordinator");
            assertThat(added.exitCode()).isZero();
        }
    }

    @Test
    void whenItIsUsedWrongly_thenItSaysHow() throws Exception {
        assertThat(run("--port", "many").exitCode()).isEqualTo(2);
        assertThat(run("--port", "70000", "--data", folder.toString()).exitCode())
                .isEqualTo(2);
        assertThat(run("project", "add", "No Slug", "--data", folder.toString()).exitCode())
                .isEqualTo(2);
        Program.Ended help = run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(String.join("\n", help.lines())).contains("project add", "EVENKEEL_PORT", "Exit codes");
    }

    @Test
    void whenItIsTerminated_thenItEndsWithZero() throws Exception {
        try (Program program = Program.start("--port", "0", "--data", folder.toString())) {
            program.ready();
            program.terminate();

            assertThat(program.ended().exitCode()).isZero();
        }
    }

    private void pretendLaterVersion() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("evenkeel.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                            + " installed_by, installed_on, execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
                            + " 'x', '2027-01-01 00:00:00.000', 1, 1)");
        }
    }

    private static Program.Ended run(String... arguments) throws IOException, InterruptedException {
        try (Program program = Program.start(arguments)) {
            Program.Ended ended = program.ended();
            return new Program.Ended(
                    ended.exitCode(),
                    List.copyOf(ended.lines().stream()
                            .filter(line -> !line.isBlank())
                            .toList()));
        }
    }
}
