package io.evenkeel.healing.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.Adviser;
import io.evenkeel.healing.Destructive;
import io.evenkeel.healing.Heal;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.MissingElement;
import io.evenkeel.healing.Models;
import io.evenkeel.healing.Project;
import io.evenkeel.healing.html.HtmlReader;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.reference.Fingerprints;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole diagnosis, with a reference and the real model: what becomes of a button whose class and wording changed. */
class AdvisedHealerTest {

    private static final Adviser ADVISER = new EmbeddingAdviser();
    private static final CallSite PLACE = new CallSite("shop.spec.ts", 3, 5);

    private static DomSnapshot page(String button) {
        return HtmlReader.read(
                "<html><head><title>Shop</title></head><body><main><h1>Welcome</h1>" + button
                        + "<button>Orders</button></main></body></html>",
                "http://shop.example/");
    }

    private static HealingOutcome diagnose(Models models, String then, String now) {
        String locator = "getByRole('button', { name: '" + then + "' })";
        String source = "import { test } from '@playwright/test';\ntest('x', async ({ page }) => {\n    await page."
                + locator + ".click();\n});\n";
        DomSnapshot before = page("<button class='wide tool'>" + then + "</button>");
        Accessibility tree = new Accessibility(before);
        Fingerprints fingerprints = new Fingerprints(tree, Project.DEFAULT_TEST_ID_ATTRIBUTE);
        Element element = before.elements().stream()
                .filter(e -> e.tag().equals("button") && tree.name(e).equals(then))
                .findFirst()
                .orElseThrow();
        Reference reference = new Reference(PLACE, locator, "click", fingerprints.of(element), fingerprints.page());
        return new Healer(models, Destructive.SHIPPED)
                .diagnose(new MissingElement(
                        new MissingElement.Call(locator, "click", PLACE),
                        page(now),
                        new ReferenceBook(List.of(reference)),
                        new Project(
                                "",
                                Project.DEFAULT_TEST_ID_ATTRIBUTE,
                                SourceFiles.of(Map.of("shop.spec.ts", source.getBytes(StandardCharsets.UTF_8))))));
    }

    @Nested
    class GivenARankerInDoubt {

        @Test
        void whenTheNewTextMeansTheSame_thenItIsASuggestionAndNoMore() {
            String staff = "<button class='wide'>Staff</button>";

            HealingOutcome alone = diagnose(Models.shipped(), "Employees", staff);
            HealingOutcome advised = diagnose(Models.shipped().with(ADVISER), "Employees", staff);

            assertThat(alone).isInstanceOf(HealingOutcome.NotFound.class);
            assertThat(advised)
                    .as(String.join("\n", advised.diagnosis().explanation()))
                    .isInstanceOf(HealingOutcome.Healed.class);
            Heal heal = ((HealingOutcome.Healed) advised).heal();
            assertThat(heal.locator()).isEqualTo("getByRole('button', { name: 'Staff' })");
            assertThat(heal.tier()).isEqualTo(Tier.SUGGESTION);
            assertThat(heal.confidence()).isEqualTo(Tier.SUGGESTION_FLOOR);
            assertThat(advised.diagnosis().explanation())
                    .anyMatch(line -> line.startsWith("The embedding chooses number 1"));
        }

        @ParameterizedTest
        @CsvSource({"Next, Previous", "Sign in, Sign up", "Enable alerts, Disable alerts", "Employees, Imprint"})
        void whenItMeansTheOppositeOrSomethingElse_thenNothingIsHealed(String then, String now) {
            HealingOutcome advised =
                    diagnose(Models.shipped().with(ADVISER), then, "<button class='wide'>" + now + "</button>");

            assertThat(advised)
                    .as(String.join("\n", advised.diagnosis().explanation()))
                    .isInstanceOf(HealingOutcome.NotFound.class);
        }
    }

    @Nested
    class GivenARankerThatIsSure {

        @Test
        void whenTheRankerIsSure_thenTheEmbeddingIsNotAsked() {
            String same = "<p><button class='wide tool'>Employees </button></p>";

            HealingOutcome alone = diagnose(Models.shipped(), "Employees", same);
            HealingOutcome advised = diagnose(Models.shipped().with(ADVISER), "Employees", same);

            assertThat(advised.diagnosis().explanation())
                    .isEqualTo(alone.diagnosis().explanation());
        }
    }
}
