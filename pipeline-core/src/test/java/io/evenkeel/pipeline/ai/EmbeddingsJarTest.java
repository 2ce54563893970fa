package io.evenkeel.pipeline.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.healing.Adviser;
import io.evenkeel.healing.Adviser.Advice;
import io.evenkeel.healing.Adviser.Described;
import io.evenkeel.healing.Adviser.Question;
import io.evenkeel.healing.match.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a jar; that the right one works is for the module that makes it. */
class EmbeddingsJarTest {

    @TempDir
    private Path folder;

    private Path jar(String title, String version, String service) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        Path file = folder.resolve("some.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            if (!service.isEmpty()) {
                out.putNextEntry(new JarEntry("META-INF/services/" + Adviser.class.getName()));
                out.write(service.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static Question question(String meant, String... texts) {
        return new Question(
                "locator('#x')",
                "click",
                new Described("", meant),
                List.of(texts).stream().map(text -> new Described("", text)).toList(),
                Tier.NONE);
    }

    @Nested
    class GivenAFileThatIsNotIt {

        @Test
        void whenItIsMissing_thenThatIsSaid() {
            assertThatThrownBy(() -> EmbeddingsJar.of(folder.resolve("no.jar"), "1.0"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no such file")
                    .hasMessageContaining(EmbeddingsJar.NAME);
            assertThatThrownBy(() -> EmbeddingsJar.of(folder, "1.0")).hasMessageContaining("no such file");
        }

        @Test
        void whenItIsNoJar_thenThatIsSaid() throws IOException {
            Path text = Files.writeString(folder.resolve("text.jar"), "<html>404</html>");

            assertThatThrownBy(() -> EmbeddingsJar.of(text, "1.0"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("damaged or no jar");
        }

        @Test
        void whenItIsAnotherJar_thenTheRightNameIsGiven() throws IOException {
            Path other = jar("Something else", "1.0", "");

            assertThatThrownBy(() -> EmbeddingsJar.of(other, "1.0"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another jar")
                    .hasMessageContaining(EmbeddingsJar.NAME);
        }

        @Test
        void whenItIsOfAnotherRelease_thenBothVersionsAreNamed() throws IOException {
            Path older = jar("Evenkeel embeddings", "0.9", "");

            assertThatThrownBy(() -> EmbeddingsJar.of(older, "1.0"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0.9")
                    .hasMessageContaining("1.0");
            assertThat(EmbeddingsJar.of(older, "0.9")).isNotNull();
            assertThat(EmbeddingsJar.of(older, "")).isNotNull();
        }
    }

    @Nested
    class GivenAJarThatDoesNotRun {

        private final List<String> warnings = new ArrayList<>();

        private Adviser adviser(String service) throws IOException {
            return EmbeddingsJar.of(jar("Evenkeel embeddings", "1.0", service), "1.0")
                    .adviser(warnings::add);
        }

        @Test
        void whenNobodyNeedsIt_thenItIsNotEvenLoaded() throws IOException {
            assertThat(adviser("").ask(question("Sign in", "Sign in now"))).isEqualTo(new Advice.Silent(""));
            assertThat(warnings).isEmpty();
        }

        @Test
        void whenItOffersNothing_thenThatIsSaidOnceAndHealingGoesOn() throws IOException {
            Adviser adviser = adviser("");

            assertThat(adviser.ask(question("Sign in", "Log in"))).isInstanceOf(Advice.Silent.class);
            assertThat(adviser.ask(question("Sign in", "Log in"))).isEqualTo(new Advice.Silent(""));
            assertThat(warnings).singleElement().asString().contains("healing goes on", "offers no adviser");
        }

        @Test
        void whenItsClassIsMissing_thenItIsTheSame() throws IOException {
            assertThat(adviser("io.evenkeel.healing.embeddings.Gone").ask(question("Sign in", "Log in")))
                    .isInstanceOf(Advice.Silent.class);
            assertThat(warnings).singleElement().asString().contains("healing goes on", "Gone not found");
        }

        @Test
        void whenItNamesAClassOfTheProgram_thenItDoesNotSeeIt() throws IOException {
            adviser(ModelAdviser.class.getName()).ask(question("Sign in", "Log in"));

            assertThat(warnings).singleElement().asString().contains("ModelAdviser not found");
        }
    }
}
