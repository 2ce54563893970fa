package io.evenkeel.pipeline.fix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.Repository;

/** The machine's git, run on a repository. It asks nobody, and has ten times the limit for one silence in all. One thread. */
final class GitProgram {

    private static final int MOST_OUTPUT = 1 << 20;

    private final Repository repository;
    private final int timeoutSeconds;

    GitProgram(Repository repository, int timeoutSeconds) {
        this.repository = repository;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** How a call ended and what it printed. */
    record Ended(int exitCode, String out, String err) {}

    /** There is no git on this machine. */
    static final class MissingException extends IOException {
        private static final long serialVersionUID = 1;

        MissingException(IOException cause) {
            super("there is no program git", cause);
        }
    }

    /**
     * Runs git to its end.
     *
     * @throws MissingException when there is none
     * @throws IOException when it takes too long
     */
    Ended run(List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("git", "--git-dir=" + repository.getDirectory().getAbsolutePath()));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).directory(repository.getWorkTree());
        Map<String, String> environment = builder.environment();
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("LC_ALL", "C");
        // A question of ssh would wait for an answer that nobody gives.
        if (repository.getConfig().getString("core", null, "sshCommand") == null) {
            environment.putIfAbsent(
                    "GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=" + Math.min(30, timeoutSeconds));
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new MissingException(e);
        }
        try {
            process.getOutputStream().close();
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            if (!process.waitFor(timeoutSeconds * 10L, TimeUnit.SECONDS)) {
                throw new IOException("git did not end within " + timeoutSeconds * 10L + " s");
            }
            return new Ended(
                    process.exitValue(), out.get(timeoutSeconds, TimeUnit.SECONDS), err.get(1, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("what git printed could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("git was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads all there is and keeps its beginning. */
    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        String kept = new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
                        stream.transferTo(OutputStream.nullOutputStream());
                        return kept;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "evenkeel-git-output");
                    thread.setDaemon(true);
                    thread.start();
                });
    }
}
