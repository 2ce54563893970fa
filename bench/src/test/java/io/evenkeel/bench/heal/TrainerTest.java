package io.evenkeel.bench.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.match.Signals;
import io.evenkeel.healing.match.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private final List<HealCase> training = MutationCorpus.of(40, 1).reference().cases();
    private final List<HealCase> unseen = MutationCorpus.of(20, 500).reference().cases();

    private static double right(Weights weights, List<HealCase> cases) {
        List<Answered> answers = Evaluation.with(weights, Signals.ALL, cases);
        return answers.stream().filter(Answered::right).count()
                / (double) cases.stream().filter(HealCase::present).count();
    }

    @Test
    void whenTrained_thenUnseenPagesAreReadBetterThanByChance() {
        Weights weights = TrainHealCommand.trainer(Signals.ALL).fit(training);

        assertThat(right(weights, unseen)).isGreaterThan(0.85);
    }

    @Test
    void whenTrainedTwice_thenTheWeightsAreTheSame() {
        double[] once = TrainHealCommand.trainer(Signals.ALL).fit(training).candidate();

        assertThat(TrainHealCommand.trainer(Signals.ALL).fit(training).candidate())
                .containsExactly(once);
    }
}
