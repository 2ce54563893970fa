package io.evenkeel.pipeline.doctor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine the doctor looks at: its environment, its programs and what it can reach.
 *
 * <p>Thread-safe.
 */
public final class Machine {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, String> env;

    public Machine(Map<String, String> env) {
        this.env = Map.copyOf(env);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    /** Returns the program of this name on the machine's PATH; the JDK would look along its own. */
    private Optional<String> program(String name) {
        return variable("PATH").stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .flatMap(folder -> Stream.of(name, name + ".exe", name + ".cmd").map(file -> Path.of(folder, file)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString);
    }

    /** Returns what a command prints first, empty when it is not there, fails or takes longer than ten seconds. */
    Optional<String> firstLine(List<String> command) {
        Optional<String> program = program(command.get(0));
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> resolved = new ArrayList<>(command);
        resolved.set(0, program.get());
        Path output = null;
        try {
            output = Files.createTempFile("evenkeel-doctor", ".txt");
            ProcessBuilder builder = new ProcessBuilder(resolved)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(env);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() != 0
                    ? Optional.empty()
                    : Files.readString(output, StandardCharsets.UTF_8)
                            .lines()
                            .findFirst()
                            .map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            delete(output);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the HTTP status of a GET, empty when nobody answers within five seconds. */
    Optional<Integer> status(URI uri, Optional<String> token) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5));
            token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
            HttpResponse<Void> response = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding());
            return Optional.of(response.statusCode());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
