package io.evenkeel.healing.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of this build, in a process whose class path has none of its libraries. */
class EmbeddingsJarIT {

    private static final Path JAR = Path.of("target/evenkeel-embeddings.jar");

    @TempDir
    private Path folder;

    private static List<String> ask(String... options) throws IOException, InterruptedException {
        String without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(langchain4j|onnxruntime|djl|tokenizers).*"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", without, AskMain.class.getName(), JAR.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
            return lines;
        }
    }

    @Nested
    class GivenTheJarOfThisBuild {

        @Test
        void whenItIsAsked_thenItAnswersFromItsOwnLibrariesAndSaysNothingElse() throws Exception {
            assertThat(ask("-DDJL_CACHE_DIR=" + folder.resolve("cache")))
                    .containsExactly("Chosen[index=1]", "Chosen[index=1]");
            assertThat(folder.resolve("cache")).isDirectory();
        }

        @Test
        void whenTheTokenizerCannotBeUnpacked_thenThatIsSaidOnceWithTheRemedy() throws Exception {
            Path file = Files.writeString(folder.resolve("file"), "");

            List<String> lines = ask("-DDJL_CACHE_DIR=" + file);

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("warned:"))
                    .singleElement()
                    .asString()
                    .contains("healing goes on without them", "DJL_CACHE_DIR=FOLDER");
            assertThat(lines).last().isEqualTo("Silent[reason=]");
        }

        @Test
        void whenThereIsNoFolderForTemporaryFiles_thenItIsTheSame() throws Exception {
            List<String> lines = ask(
                    "-DDJL_CACHE_DIR=" + folder.resolve("cache"), "-Djava.io.tmpdir=" + folder.resolve("gone/deep"));

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("warned:"))
                    .singleElement()
                    .asString()
                    .contains("-Djava.io.tmpdir=FOLDER");
        }

        @Test
        void whenItIsOpened_thenItHasNoClassOfTheProgram() throws IOException {
            try (JarFile jar = new JarFile(JAR.toFile())) {
                assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.startsWith("io/evenkeel/")))
                        .isNotEmpty()
                        .allMatch(name -> name.matches("io/evenkeel/(healing/(embeddings/.*)?)?"));
            }
        }
    }
}
