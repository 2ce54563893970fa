package io.evenkeel.bench.mutate;

import io.evenkeel.bench.TimedRun;
import io.evenkeel.pipeline.heal.RunRecord;
import io.evenkeel.pipeline.report.SpoolFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One copy of the shop in a git repository of its own, and the commands a user types there. One thread.
 *
 * @param folder the copy
 * @param evenkeel the command
 */
record Shop(Path folder, Path evenkeel) {

    private static final Set<String> NOT_COPIED =
            Set.of("node_modules", "test-results", "playwright-report", ".evenkeel");

    /** The flaky test of the shop behaves, and no coordinator is told. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SHOP_SEED", "calm", "CI", "1", "FORCE_COLOR", "0", "EVENKEEL_URL", "");

    /** Copies the shop's files with their history; installed packages are shared by a link. */
    static Shop copy(Path from, Path to, Path evenkeel) throws IOException {
        delete(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NOT_COPIED.contains(name(folder))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_COPIED.contains(name(file))) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Files.createSymbolicLink(
                to.resolve("node_modules"), from.resolve("node_modules").toRealPath());
        return new Shop(to, evenkeel);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    Site site() {
        return new Site(folder.resolve("site"));
    }

    Path work() {
        return folder.resolve(".evenkeel");
    }

    /** Makes it a repository with one commit. */
    void init() throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve(".gitignore"), "node_modules\ntest-results/\nplaywright-report/\n.evenkeel/\n*.log\n");
        git("init", "-q");
        commit("release 1");
    }

    void commit(String message) throws IOException, InterruptedException {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
    }

    private void git(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "git", "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false"));
        all.addAll(List.of(words));
        if (run("git.log", all).exitCode() != 0) {
            throw new IOException(String.join(" ", all) + " failed; see " + folder.resolve("git.log"));
        }
    }

    /** Runs tests on one executor with traces, without retries; returns the exit code. */
    int test(List<String> selection) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                evenkeel.toString(),
                "local",
                "--executors",
                "1",
                "--no-report",
                "--",
                "node_modules/.bin/playwright",
                "test"));
        words.addAll(selection);
        words.addAll(List.of("--trace=on", "--retries=0"));
        return run("test.log", words).exitCode();
    }

    int learn() throws IOException, InterruptedException {
        return run("learn.log", List.of(evenkeel.toString(), "learn")).exitCode();
    }

    TimedRun heal() throws IOException, InterruptedException {
        return run("heal.log", List.of(evenkeel.toString(), "heal"));
    }

    private TimedRun run(String log, List<String> words) throws IOException, InterruptedException {
        return TimedRun.of(words, folder, ENVIRONMENT, folder.resolve(log));
    }

    /** Returns the tests of the run. */
    RunRecord tests() throws IOException {
        return RunRecord.read(SpoolFiles.in(work().resolve("spool")));
    }

    /** Returns the traces of a test in the runs with a repair. */
    List<Path> repaired(String test) throws IOException {
        Path runs = work().resolve("heal/runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(runs, 2)) {
            return walk.filter(path -> name(path).endsWith("-patched"))
                    .map(path -> path.resolve("traces").resolve(test + ".zip"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
