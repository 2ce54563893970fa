package io.evenkeel.jenkins.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CommandWordsTest {

    @Nested
    class GivenCommand {

        @Test
        void whenSplit_thenQuotesKeepWordsTogetherAndBackslashesStay() {
            assertThat(CommandWords.split("npx playwright test --grep \"adds an item\" 'it''s' C:\\repo\\x \"\""))
                    .containsExactly("npx", "playwright", "test", "--grep", "adds an item", "its", "C:\\repo\\x", "");
        }

        @Test
        void whenAQuoteIsNotClosed_thenItIsRefused() {
            assertThatThrownBy(() -> CommandWords.split("npx playwright test --grep \"adds"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not closed");
        }

        @Test
        void whenItHasSeveralLines_thenItIsRefused() {
            assertThatThrownBy(() -> CommandWords.split("npx playwright test\nrm -rf x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class GivenWordsThatAShellWouldChange {

        private static final List<String> WORDS =
                List.of("a b", "it's", "$HOME", "`id`", "a;b", "\"q\"", "back\\slash", "*", "", "ü", "100%", "a\\");

        @Test
        @EnabledOnOs({OS.LINUX, OS.MAC})
        void whenAPosixShellReadsThem_thenTheyAreTheSame() throws Exception {
            for (String word : WORDS) {
                Process shell = new ProcessBuilder("sh", "-c", "printf %s " + CommandWords.posix(word))
                        .directory(new File("."))
                        .start();

                assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(word);
            }
        }

        @Test
        void whenWrittenForBatch_thenEveryCharacterThatCmdActsOnIsEscaped() {
            assertThat(CommandWords.batch("a b")).isEqualTo("^\"a b^\"");
            assertThat(CommandWords.batch("a&b|c")).isEqualTo("^\"a^&b^|c^\"");
            assertThat(CommandWords.batch("100%")).isEqualTo("^\"100%%^\"");
            assertThat(CommandWords.batch("say \"hi\"")).isEqualTo("^\"say \\^\"hi\\^\"^\"");
            assertThat(CommandWords.batch("C:\\a b\\")).isEqualTo("^\"C:\\a b\\\\^\"");
        }
    }

    @Nested
    class GivenScript {

        @Test
        @EnabledOnOs({OS.LINUX, OS.MAC})
        void whenThereIsNoJava_thenItSaysSoAndEndsWithThree() throws Exception {
            String script = new ToolScript("/no/evenkeel.jar", "/no/java", List.of("doctor")).posix();
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
            builder.environment().put("PATH", "/nowhere");
            builder.environment().remove("JAVA_HOME");

            Process shell = builder.start();

            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("there is no Java here");
            assertThat(shell.waitFor()).isEqualTo(3);
        }
    }
}
