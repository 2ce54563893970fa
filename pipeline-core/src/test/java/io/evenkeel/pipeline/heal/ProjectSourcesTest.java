package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectSourcesTest {

    @TempDir
    Path folder;

    @Nested
    class GivenAFolderReachedByALink {

        @Test
        void whenAFileIsNamedBothWays_thenItHasOneName() throws IOException {
            Files.createDirectories(folder.resolve("shared/pages"));
            Files.writeString(folder.resolve("shared/pages/form.ts"), "x");
            Files.createSymbolicLink(folder.resolve("pages"), folder.resolve("shared/pages"));
            ProjectSources sources = ProjectSources.in(folder);

            assertThat(sources.canonical("pages/form.ts")).isEqualTo("shared/pages/form.ts");
            assertThat(sources.canonical("shared/pages/form.ts")).isEqualTo("shared/pages/form.ts");
            assertThat(sources.canonical("none.ts")).isEqualTo("none.ts");
            assertThat(sources.list()).containsExactly("shared/pages/form.ts");
        }
    }

    @Nested
    class GivenSourcesOfSeveralLanguages {

        @Test
        void whenTheyAreListed_thenJavaAndPythonAreAmongThem() throws IOException {
            for (String name : new String[] {"A.java", "test_a.py", "a.spec.ts", "a.txt"}) {
                Files.writeString(folder.resolve(name), "x");
            }
            Files.createDirectories(folder.resolve(".venv/lib"));
            Files.writeString(folder.resolve(".venv/lib/b.py"), "x");

            assertThat(ProjectSources.in(folder).list()).containsExactly("A.java", "a.spec.ts", "test_a.py");
        }
    }
}
