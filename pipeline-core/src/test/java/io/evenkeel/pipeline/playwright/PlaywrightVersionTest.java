package io.evenkeel.pipeline.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaywrightVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.40.1, GREP",
        "1.43.0, GREP",
        "1.44.0, LAST_RUN_FILE",
        "1.61.9, LAST_RUN_FILE",
        "1.62.0, PREPROCESS",
        "1.66.0-alpha-2026-11-20, PREPROCESS",
        "2.0.0, PREPROCESS"
    })
    void whenVersionIsKnown_thenItsWayIsTheBestItHas(String version, SelectionWay way) {
        assertThat(PlaywrightVersion.parse(version).map(PlaywrightVersion::selectionWay))
                .contains(way);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "next", "1", "1.x", "99999999999.1.1"})
    void whenTextIsNoVersion_thenThereIsNone(String text) {
        assertThat(PlaywrightVersion.parse(text)).isEmpty();
    }

    @Test
    void whenCompared_thenNumbersCountAndNotText() {
        assertThat(new PlaywrightVersion(1, 9)).isLessThan(new PlaywrightVersion(1, 40));
        assertThat(new PlaywrightVersion(2, 0)).isGreaterThan(new PlaywrightVersion(1, 99));
    }
}
