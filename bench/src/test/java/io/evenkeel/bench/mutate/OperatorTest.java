package io.evenkeel.bench.mutate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.bench.mutate.Usage.ActingTest;
import io.evenkeel.bench.mutate.Usage.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the shop of this checkout, which the mutants are made of. */
class OperatorTest {

    private static final List<ActingTest> TESTS =
            List.of(new ActingTest("tests/contact.spec.ts", 12, "desktop", "default", Session.NONE));
    private static final Usage SEND = new Usage(
            "release-1/contact.html", "form.contact > button", "locator('form.contact button')", "click", TESTS);
    private static final Usage CHECKOUT =
            new Usage("release-1/basket.html", "a.to-checkout", "getByTestId('checkout-button')", "click", TESTS);
    private static final Usage APPLY = new Usage(
            "release-1/basket.html", "form.code > button", "locator('form.code').getByText('Apply')", "click", TESTS);
    private static final Usage FILTER =
            new Usage("release-1/help.html", "#faq-filter", "locator('#faq-filter')", "fill", TESTS);
    private static final Usage SUBSCRIBE = new Usage(
            "release-1/footer.html",
            "form.newsletter > button",
            "getByRole('button', { name: 'Subscribe' })",
            "click",
            TESTS);

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void copyTheSite() throws IOException {
        Path sources = Path.of("../examples/shop/site");
        try (Stream<Path> walk = Files.walk(sources)) {
            for (Path file : walk.toList()) {
                Path copy = folder.resolve(sources.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        site = new Site(folder);
    }

    private Optional<Optional<String>> make(Usage usage, Operator operator) throws IOException {
        return new Mutant(usage, operator, 1).make(site);
    }

    private Element found(Usage usage, Optional<Optional<String>> truth) throws IOException {
        Document page = site.read(usage.file());
        assertThat(truth).isPresent();
        assertThat(page.select(truth.get().orElse(""))).hasSize(1);
        return page.select(truth.get().orElse("")).get(0);
    }

    private String script(String name) throws IOException {
        return Files.readString(site.folder().resolve("common/assets").resolve(name));
    }

    @Nested
    class GivenAnOperatorThatLeavesTheElement {

        @Test
        void whenATestIdChanges_thenTheElementIsFoundAndTheOldIdIsGone() throws Exception {
            Element element = found(CHECKOUT, make(CHECKOUT, Operator.TEST_ID));

            assertThat(element.text()).isEqualTo("Go to checkout");
            assertThat(element.attr("data-testid")).isNotEqualTo("checkout-button");
        }

        @Test
        void whenAClassOfTheFormChanges_thenScriptsAndStylesUseTheNewOne() throws Exception {
            Element element = found(SEND, make(SEND, Operator.CSS_CLASS));

            String now = element.parent() == null ? "" : element.parent().className();
            assertThat(element.text()).isEqualTo("Send message");
            assertThat(now).doesNotMatch("(^|.* )contact( .*|$)");
            assertThat(script("contact.js"))
                    .doesNotContain("'.contact'", "'.contact .answer'")
                    .contains("'." + now.split(" ")[2] + "'");
        }

        @Test
        void whenAnIdChanges_thenTheScriptLooksForTheNewOne() throws Exception {
            Element element = found(FILTER, make(FILTER, Operator.ID));

            assertThat(script("help.js")).doesNotContain("'#faq-filter'").contains("#" + element.id());
        }

        @Test
        void whenTheButtonMovesOutOfItsForm_thenItStillSendsIt() throws Exception {
            Element element = found(APPLY, make(APPLY, Operator.MOVED));

            Document page = site.read(APPLY.file());
            Element form = page.selectFirst("form.code");
            assertThat(element.closest("form")).isNull();
            assertThat(element.attr("form"))
                    .isEqualTo(form == null ? "?" : form.id())
                    .isNotEmpty();
        }

        @Test
        void whenATwinAppears_thenTheTruthIsTheOldElement() throws Exception {
            Element element = found(SUBSCRIBE, make(SUBSCRIBE, Operator.TWIN));

            assertThat(site.read(SUBSCRIBE.file()).select("button:contains(Subscribe)"))
                    .hasSize(2);
            assertThat(element.closest("form")).isNotNull();
        }

        @Test
        void whenAButtonBecomesALink_thenTheTruthIsTheLink() throws Exception {
            Element element = found(SUBSCRIBE, make(SUBSCRIBE, Operator.ROLE));

            assertThat(element.normalName()).isEqualTo("a");
            assertThat(element.attr("onclick")).contains("requestSubmit");
        }
    }

    @Nested
    class GivenAnOperatorThatDoesNotTouchTheLocator {

        @Test
        void whenTheLocatorAsksForNothingOfIt_thenItDoesNotFit() throws Exception {
            assertThat(make(CHECKOUT, Operator.TEXT)).isEmpty();
            assertThat(make(SUBSCRIBE, Operator.TEST_ID)).isEmpty();
            assertThat(make(FILTER, Operator.DEAD)).isEmpty();
        }
    }

    @Nested
    class GivenALoss {

        @Test
        void whenTheButtonIsDead_thenItIsThereAndSwallowsTheClick() throws Exception {
            assertThat(make(SUBSCRIBE, Operator.DEAD)).contains(Optional.empty());

            assertThat(site.read(SUBSCRIBE.file()).select(SUBSCRIBE.css()).attr("onclick"))
                    .contains("stopImmediatePropagation");
        }

        @Test
        void whenTheElementIsRemoved_thenThereIsNoTruthAndTheScriptsDoWithoutIt() throws Exception {
            assertThat(make(SUBSCRIBE, Operator.REMOVED)).contains(Optional.empty());

            assertThat(site.read(SUBSCRIBE.file()).select("form.newsletter > button"))
                    .isEmpty();
            assertThat(script("shop.js")).contains("?? document.createElement");
        }
    }
}
