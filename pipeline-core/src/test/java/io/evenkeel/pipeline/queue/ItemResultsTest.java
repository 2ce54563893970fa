package io.evenkeel.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.queue.Ended.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemResultsTest {

    private final ItemResults results = ItemResults.restore(List.of("a", "b", "c", "d"), ".pf.");

    @Test
    void whenTheyAreRead_thenEachTestHasItsLetter() {
        assertThat(results.rest()).containsExactly("a", "d");
        assertThat(results.count(Result.PASSED)).isEqualTo(1);
        assertThat(results.count(Result.FAILED)).isEqualTo(1);
        assertThat(results.isComplete()).isFalse();
        assertThat(results.text()).isEqualTo(".pf.");
    }

    @Test
    void whenAResultIsNoted_thenOnlyAnotherOneIsNews() {
        assertThat(results.note(new Ended("d", Result.FAILED))).isTrue();
        assertThat(results.note(new Ended("d", Result.FAILED))).isFalse();
        assertThat(results.note(new Ended("d", Result.PASSED))).isTrue();
        assertThat(results.text()).isEqualTo(".pfp");
    }

    @Test
    void whenEveryTestHasEnded_thenTheyAreComplete() {
        results.note(new Ended("a", Result.PASSED));
        results.note(new Ended("d", Result.FAILED));

        assertThat(results.isComplete()).isTrue();
        assertThat(results.rest()).isEmpty();
    }

    @Test
    void whenGoodResultsHaveArrivedUntold_thenOnlyTestsWithoutAResultTakeThem() {
        results.passArrived(List.of("c", "d")::contains);

        assertThat(results.text()).isEqualTo(".pfp");
    }

    @Test
    void whenWhatFailedIsForgotten_thenWhatPassedStays() {
        results.clearFailed();

        assertThat(results.text()).isEqualTo(".p..");
    }

    @Test
    void whenAllIsForgotten_thenNothingHasEnded() {
        results.clear();

        assertThat(results.text()).isEqualTo(new ItemResults(List.of("a", "b", "c", "d")).text());
    }
}
