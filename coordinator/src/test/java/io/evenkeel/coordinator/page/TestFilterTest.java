package io.evenkeel.coordinator.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.coordinator.run.TestInRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestFilterTest {

    private static final TestInRun PAY = new TestInRun(
            1,
            new TestInRun.Name("a-b", "desktop", "checkout.spec.ts", List.of("checkout", "pays by card"), 3),
            new TestInRun.Result("failed", 1, Duration.ofMillis(5), false, ""),
            1,
            false);

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "CARD, '', true",
        "'pays desktop', '', true",
        "'pays mobile', '', false",
        "'pays !mobile', '', true",
        "'!card', '', false",
        "'', failed, true",
        "card, passed, false"
    })
    void whenWordsAreAsked_thenAllMustFit(String text, String verdict, boolean shown) {
        assertThat(new TestFilter(text, verdict).shows(PAY)).isEqualTo(shown);
    }
}
