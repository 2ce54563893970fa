package io.evenkeel.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The image of the container action, made on a base from an archive, and started without any container. */
class ContainerImageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JAR = Path.of("target/evenkeel.jar");

    @TempDir
    Path temp;

    @BeforeEach
    void makeTheBase() throws Exception {
        Path base = temp.resolve("base");
        Files.createDirectories(base.resolve("etc"));
        Files.writeString(base.resolve("etc/base"), "what the image stands on\n");
        run(base, Map.of(), "tar", "-cf", "layer.tar", "etc");
        Files.writeString(
                base.resolve("config.json"),
                "{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{\"Env\":[\"PATH=/usr/bin:/bin\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:%s\"]},\"history\":[]}"
                        .formatted(architecture(), sha256(base.resolve("layer.tar"))));
        Files.writeString(
                base.resolve("manifest.json"),
                "[{\"Config\":\"config.json\",\"RepoTags\":[\"base:1\"],\"Layers\":[\"layer.tar\"]}]");
        run(base, Map.of(), "tar", "-cf", "../base.tar", "manifest.json", "config.json", "layer.tar");
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static String sha256(Path file) throws IOException {
        return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    }

    private String run(Path folder, Map<String, String> environment, String... words) throws Exception {
        Path log = Files.createTempFile(temp, "run", ".log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("EVENKEEL_") || name.startsWith("GITHUB_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(5, TimeUnit.MINUTES))
                .as(List.of(words).toString())
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }

    private Path image(String name) throws Exception {
        Path image = temp.resolve(name);
        run(
                Path.of(".."),
                Map.of("IMAGE_JAR", JAR.toRealPath().toString(), "IMAGE_BASE", "tar://" + temp.resolve("base.tar")),
                "bash",
                "scripts/image.sh",
                image.toString());
        return image;
    }

    /** An image holds the Java runtime of the machine that makes it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whenItIsMadeTwice_thenBothAreTheSameAndWhatIsInItRuns() throws Exception {
        Path image = image("one.tar");

        assertThat(sha256(image("two.tar"))).isEqualTo(sha256(image));

        Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
        run(unpacked, Map.of(), "tar", "-xf", image.toString());
        JsonNode manifest =
                JSON.readTree(unpacked.resolve("manifest.json").toFile()).path(0);
        JsonNode config = JSON.readTree(
                        unpacked.resolve(manifest.path("Config").asText()).toFile())
                .path("config");
        assertThat(config.path("Entrypoint"))
                .extracting(JsonNode::asText)
                .containsExactly("bash", "/opt/evenkeel/evenkeel-action.sh");
        assertThat(config.path("User").asText()).isEqualTo("0:0");
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.licenses")
                        .asText())
                .isEqualTo("MIT");
        Path root = layers(unpacked, manifest);
        assertThat(root.resolve("etc/base")).exists();
        assertThat(sha256(root.resolve("opt/evenkeel/evenkeel.jar"))).isEqualTo(sha256(JAR));
        assertPlans(root, config);
    }

    /** Base, Jib's own note of the class path, Java, and what changes with a release. */
    private Path layers(Path unpacked, JsonNode manifest) throws Exception {
        assertThat(manifest.path("Layers")).hasSize(4);
        Path root = Files.createDirectory(temp.resolve("root"));
        for (JsonNode layer : manifest.path("Layers")) {
            run(root, Map.of(), "tar", "-xf", unpacked.resolve(layer.asText()).toString());
        }
        return root;
    }

    /** The entry point on this machine's bash and Node, with the image's own Java and jar. */
    private void assertPlans(Path root, JsonNode config) throws Exception {
        Path workspace = Files.createDirectory(temp.resolve("web"));
        Path suite = Path.of("../fixtures/forges/suite").toRealPath();
        run(workspace, Map.of(), "cp", "-R", suite + "/.", ".");
        Files.createSymbolicLink(
                workspace.resolve("node_modules"),
                Path.of("../examples/shop/node_modules").toRealPath());
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode pair : config.path("Env")) {
            int at = pair.asText().indexOf('=');
            String value = pair.asText().substring(at + 1);
            if (value.startsWith("/opt/evenkeel/")) {
                environment.put(pair.asText().substring(0, at), root + value);
            }
        }
        assertThat(environment).containsOnlyKeys("ACTION_JAR", "EVENKEEL_JAVA");
        Path output = Files.createFile(temp.resolve("output"));
        environment.putAll(Map.of(
                "ACTION_COMMAND",
                "plan",
                "ACTION_SHARDS",
                "2",
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_REPOSITORY",
                "shop/web",
                "GITHUB_RUN_ID",
                "991",
                "GITHUB_OUTPUT",
                output.toString()));

        List<String> words = new ArrayList<>();
        config.path("Entrypoint").forEach(word -> words.add(word.asText()));
        words.set(1, root + words.get(1));
        run(workspace, environment, words.toArray(String[]::new));

        assertThat(Files.readString(output)).contains("count=2", "run=github-991-1");
    }

    @Test
    void whenTheVariantsAreCompared_thenTheyTakeTheSameInputsAndGiveTheSameOutputs() throws IOException {
        JsonNode jar = yaml("action.yml");
        JsonNode container = yaml("container/action.yml");

        Set<String> inputs = new TreeSet<>(names(jar, "inputs"));
        inputs.removeAll(Set.of("working-directory", "jar", "jar-url", "jar-sha256"));
        assertThat(names(container, "inputs")).isEqualTo(inputs);
        assertThat(names(container, "outputs")).isEqualTo(names(jar, "outputs"));
        assertThat(container.path("runs").path("env"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(inputs.stream()
                        .map(name -> "${{ inputs." + name + " }}")
                        .toList());
    }

    private static JsonNode yaml(String file) throws IOException {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("../github-action-jar").resolve(file)));
        return JSON.valueToTree(read);
    }

    private static Set<String> names(JsonNode action, String part) {
        Set<String> names = new TreeSet<>();
        action.path(part).fieldNames().forEachRemaining(names::add);
        return names;
    }
}
