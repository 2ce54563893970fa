package io.evenkeel.jenkins.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ToolScriptTest {

    @TempDir
    private Path folder;

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class GivenShell {

        @Test
        void whenTheAgentHasJava_thenItGetsEveryWordAsItWas() throws Exception {
            Path home = java("agent java", "for word; do echo \"<$word>\"; done");
            List<String> words = List.of("run", "--", "npx", "it's", "a b", "$HOME", "`id`", "--grep=^a|b$", "");

            Ended ended = run(script(home, words), Map.of());

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.output())
                    .contains("<-jar>", "</caches/with blank/evenkeel.jar>")
                    .endsWith("<run>", "<-->", "<npx>", "<it's>", "<a b>", "<$HOME>", "<`id`>", "<--grep=^a|b$>", "<>");
        }

        @Test
        void whenTheAgentsJavaIsNotInTheContainer_thenJavaHomeIsUsed() throws Exception {
            Path home = java("image", "echo from JAVA_HOME; exit 1");

            Ended ended = run(script(folder.resolve("gone"), List.of("run")), Map.of("JAVA_HOME", home.toString()));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).containsExactly("from JAVA_HOME");
        }

        private ToolScript script(Path agentJava, List<String> words) {
            return new ToolScript("/caches/with blank/evenkeel.jar", agentJava.toString(), words);
        }

        /** Makes a folder of a Java whose program is a script. */
        private Path java(String name, String body) throws IOException {
            Path program = folder.resolve(name).resolve("bin/java");
            Files.createDirectories(program.getParent());
            Files.writeString(program, "#!/bin/sh\n" + body + "\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
            return folder.resolve(name);
        }

        private Ended run(ToolScript script, Map<String, String> environment) throws Exception {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script.posix()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().put("PATH", folder.toString());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output.lines().toList());
        }
    }

    @Nested
    class GivenBatchFile {

        private final String batch = new ToolScript(
                        "C:\\jenkins agent\\100%\\evenkeel.jar",
                        "C:\\Program Files\\Java\\jdk-17",
                        List.of("run", "--", "npx", "--project=C:\\My Tests\\", "a&b"))
                .batch();

        @Test
        void whenPathsHaveBlanksAndPercentSigns_thenEachIsOneWord() {
            assertThat(batch)
                    .contains("if exist \"C:\\Program Files\\Java\\jdk-17\\bin\\java.exe\"")
                    .contains("-jar ^\"C:\\jenkins agent\\100%%\\evenkeel.jar^\"");
        }

        @Test
        void whenAWordEndsWithABackslashOrHasAnAmpersand_thenCmdActsOnNeither() {
            assertThat(batch).contains("^\"--project=C:\\My Tests\\\\^\"").contains("^\"a^&b^\"");
        }

        @Test
        void whenItEnds_thenTheExitCodeOfTheJarIsItsOwn() {
            assertThat(batch.lines()).contains("  exit /b 3").last().isEqualTo("exit /b %ERRORLEVEL%");
        }
    }

    private record Ended(int exitCode, List<String> output) {}
}
