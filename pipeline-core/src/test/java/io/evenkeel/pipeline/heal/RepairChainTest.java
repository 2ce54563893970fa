package io.evenkeel.pipeline.heal;

import static io.evenkeel.pipeline.heal.HealedProject.tiers;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.Patch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests with more than one broken locator, over given diagnoses and given proofs. */
class RepairChainTest {

    @TempDir
    Path temp;

    private HealedProject project;

    @BeforeEach
    void layOut() throws IOException {
        project = new HealedProject(temp);
        project.provenInTurn();
    }

    private static String reason(List<HealResult> results) {
        return results.get(0).event().decision().reason();
    }

    @Test
    void whenTheSecondCanBeRepairedToo_thenBothAreProvenTogetherAndAreOneResult() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1", "0-1-");

        assertThat(tiers(results)).containsExactly("auto");
        HealResult chain = results.get(0);
        assertThat(chain.patches()).extracting(Patch::after).containsExactly("find('new0')", "find('new1')");
        assertThat(chain.forBranch())
                .hasValueSatisfying(heal -> assertThat(heal.patches()).hasSize(2));
        assertThat(chain.tests()).hasSize(2);
        assertThat(chain.event().locator().original()).isEqualTo("find('l0')");
        assertThat(chain.event().decision().confidence()).isEqualTo(0.94);
        assertThat(chain.event().patch())
                .hasValueSatisfying(diff -> assertThat(diff).contains("+find('new0')\n+find('new1')\n find('l2')"));
        assertThat(reason(results))
                .startsWith("2 locators are repaired together")
                .contains("find('l1') → find('new1')  (page.ts:2)");
        assertThat(project.proven()).hasSize(2);
        assertThat(project.proven()
                        .get(1)
                        .patches()
                        .get(1)
                        .applyTo(HealedProject.SOURCE.getBytes(StandardCharsets.UTF_8)))
                .asString(StandardCharsets.UTF_8)
                .contains("find('l0')\nfind('new1')\n");
        assertThat(project.proven().get(1).broken())
                .allSatisfy(test -> assertThat(test.later()).hasSize(1));
        assertThat(project.budgets().get(1)).isEqualTo(HealLimits.STANDARD.one().minusMinutes(1));
    }

    @Test
    void whenTestsFailInDifferentPlacesBehindIt_thenAllOfThemAreRepaired() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1", "0-2");

        assertThat(tiers(results)).containsExactly("auto");
        assertThat(results.get(0).patches()).hasSize(3);
        assertThat(project.proven()).hasSize(2);
    }

    @Test
    void whenThreeStandInARow_thenTheThirdIsFoundBehindTheSecond() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "2-1-0");

        assertThat(tiers(results)).containsExactly("auto");
        assertThat(results.get(0).patches())
                .extracting(Patch::after)
                .containsExactly("find('new2')", "find('new1')", "find('new0')");
        assertThat(project.proven()).hasSize(3);
    }

    @Test
    void whenOneLinkIsASuggestion_thenTheChainIsNoMore() throws IOException {
        project.allows(1, Tier.SUGGESTION);

        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1");

        assertThat(tiers(results)).containsExactly("suggestion");
        assertThat(reason(results)).contains("find('l1'): At most a suggestion");
        assertThat(results.get(0).patches()).hasSize(2);
    }

    @Test
    void whenTheLaterFailureIsNoBrokenLocator_thenTheFirstRepairIsRefusedAndTheReasonNamesIt() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-x");

        assertThat(tiers(results)).containsExactly("refused");
        assertThat(results.get(0).patches()).isEmpty();
        assertThat(reason(results)).isEqualTo("fails at x. That cannot be repaired: The total is wrong.");
        assertThat(project.proven()).hasSize(1);
    }

    @Test
    void whenADefectStandsBehindTheChain_thenNothingIsProposed() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1-x");

        assertThat(tiers(results)).containsExactly("refused");
        assertThat(reason(results))
                .startsWith("fails at 1. Together with find('l1') → find('new1')")
                .endsWith("fails at x. That cannot be repaired: The total is wrong.");
        assertThat(project.proven()).hasSize(2);
    }

    @Test
    void whenThereAreMoreThanThree_thenNothingIsProposed() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1-2-3");

        assertThat(tiers(results)).containsExactly("refused");
        assertThat(reason(results)).contains("More than 3 locators");
        assertThat(project.proven()).hasSize(3);
    }

    @Test
    void whenTheTimeForOneRepairIsOver_thenTheReasonSaysSo() throws IOException {
        List<HealResult> results =
                project.heal(new HealLimits(Duration.ofMinutes(1), Duration.ofMinutes(30), 25, 1), "0-1");

        assertThat(tiers(results)).containsExactly("refused");
        assertThat(reason(results)).contains("the time for this repair was over");
        assertThat(project.proven()).hasSize(1);
    }

    @Test
    void whenOneTestPassesWithTheFirstRepair_thenThereIsNoChain() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1", "0");

        assertThat(tiers(results)).containsExactly("suggestion");
        assertThat(results.get(0).patches()).hasSize(1);
        assertThat(project.proven()).hasSize(1);
    }

    @Test
    void whenOtherTestsFailAtTheSecondAtOnce_thenItHasOneResultAndOneEdit() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1", "1");

        assertThat(tiers(results)).containsExactly("auto", "auto");
        assertThat(results)
                .extracting(result -> result.event().locator().original())
                .containsExactly("find('l0')", "find('l1')");
        assertThat(results.get(0).patches()).contains(results.get(1).patches().get(0));
    }

    @Test
    void whenTheSecondAloneIsRefused_thenTheChainIsToo() throws IOException {
        project.remembers(PastDecisions.read(String.format(HealedProject.PROPOSALS, "rejected")));

        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1", "1");

        assertThat(tiers(results)).containsExactly("refused", "refused");
        assertThat(reason(results)).contains("not wanted", "wrong button");
    }

    @Test
    void whenTheSecondNeedsAThird_thenBothChainsGoTheirWay() throws IOException {
        List<HealResult> results = project.heal(HealLimits.STANDARD, "0-1-2", "1-2");

        assertThat(tiers(results)).containsExactly("auto", "auto");
        assertThat(results).extracting(result -> result.patches().size()).containsExactly(3, 2);
    }
}
