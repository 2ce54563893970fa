package io.evenkeel.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SetUpProjectsTest {

    private static final Map<String, Duration> DURATIONS =
            Map.of("login", Duration.ofSeconds(3), "seed", Duration.ofSeconds(4));

    @Nested
    class GivenDependencies {

        @Test
        void whenTwoProjectsNeedTheSame_thenTheyAreOneFamily() {
            Map<String, Family> families = SetUpProjects.families(
                    Map.of(
                            "desktop", List.of("login"),
                            "mobile", List.of("login"),
                            "login", List.of("seed"),
                            "seed", List.of()),
                    DURATIONS);

            assertThat(families.get("desktop")).isEqualTo(new Family("login + seed", Duration.ofSeconds(7)));
            assertThat(families.get("mobile")).isEqualTo(families.get("desktop"));
            assertThat(families).doesNotContainKey("seed");
        }
    }

    @Nested
    class GivenACircle {

        @Test
        void whenFamiliesAreMade_thenTheCircleIsNamed() {
            assertThatThrownBy(() -> SetUpProjects.families(
                            Map.of("a", List.of("b"), "b", List.of("c"), "c", List.of("b")), DURATIONS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("b -> c -> b");
        }

        @Test
        void whenAProjectNeedsItself_thenItIsNamed() {
            assertThatThrownBy(() -> SetUpProjects.families(Map.of("a", List.of("a")), DURATIONS))
                    .hasMessageContaining("a -> a");
        }
    }
}
