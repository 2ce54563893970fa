package io.evenkeel.bench.claims;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The coordinator as a process of its own with a database of its own; gone when closed. */
final class CoordinatorProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready at (http://\\S+)");

    private final Process process;
    private final Path folder;
    private final URI url;
    private final String token;

    private CoordinatorProcess(Process process, Path folder, URI url, String token) {
        this.process = process;
        this.folder = folder;
        this.url = url;
        this.token = token;
    }

    static CoordinatorProcess start(Path jar, Path data) throws IOException, InterruptedException {
        Files.createDirectories(data);
        Path folder = Files.createTempDirectory(data, "evenkeel-claims");
        Process add = process(jar, "project", "add", "bench", "--data", folder.toString());
        String token = first(add, Pattern.compile("^(\\S+)$"));
        add.waitFor();
        Process process = process(jar, "--port", "0", "--data", folder.toString());
        return new CoordinatorProcess(process, folder, URI.create(first(process, READY)), token);
    }

    private static Process process(Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("EVENKEEL_"));
        return builder.start();
    }

    private static String first(Process process, Pattern pattern) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
            lines.add(line);
        }
        throw new IOException("The coordinator did not start: " + lines);
    }

    URI url() {
        return url;
    }

    String token() {
        return token;
    }

    /** Returns the processor time it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
