package io.evenkeel.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteConfig;
import io.evenkeel.pipeline.discover.WebServer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LocalModeTest {

    private static final List<String> WORDS = List.of("npx", "playwright", "test");

    private static Suite suite(WebServer... servers) {
        return new Suite(
                new SuiteConfig("1.65.1", "playwright.config.ts", "/shop", 2, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(servers));
    }

    @Nested
    class GivenServerOnFixedPort {

        private final Suite suite = suite(new WebServer("node server.js", 0), new WebServer("node shop.js", 4173));

        @Test
        void whenSeveralExecutorsAreWanted_thenItIsOneRunAndTheReasonNamesThePort() {
            LocalMode mode = LocalMode.decide(suite, WORDS, 3, "");

            assertThat(mode).isInstanceOfSatisfying(LocalMode.OneRun.class, one -> {
                assertThat(one.workers()).isEqualTo(6);
                assertThat(one.reason()).contains("4173", "6 workers", "--port-variable");
            });
        }

        @Test
        void whenPortComesFromVariable_thenExecutorsAreSeparate() {
            assertThat(LocalMode.decide(suite, WORDS, 3, "PORT")).isEqualTo(new LocalMode.Separate(3));
        }

        @Test
        void whenOneExecutorIsWanted_thenItRunsInPlace() {
            assertThat(LocalMode.decide(suite, WORDS, 1, "")).isEqualTo(new LocalMode.InPlace());
        }
    }

    @Nested
    class GivenNoFixedPort {

        @Test
        void whenSeveralExecutorsAreWanted_thenTheyAreSeparate() {
            assertThat(LocalMode.decide(suite(), WORDS, 2, "")).isEqualTo(new LocalMode.Separate(2));
            assertThat(LocalMode.decide(suite(new WebServer("x", 0)), WORDS, 2, ""))
                    .isEqualTo(new LocalMode.Separate(2));
        }

        @Test
        void whenSnapshotsAreUpdated_thenTheyAreUpdatedInTheProject() {
            assertThat(LocalMode.decide(suite(), List.of("npx", "playwright", "test", "-u"), 2, ""))
                    .isInstanceOf(LocalMode.OneRun.class);
        }

        @Test
        void whenNoExecutorIsWanted_thenItIsAMistakeOfTheProgram() {
            assertThatThrownBy(() -> LocalMode.decide(suite(), WORDS, 0, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0");
        }
    }
}
