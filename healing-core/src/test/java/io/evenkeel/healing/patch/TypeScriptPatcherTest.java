package io.evenkeel.healing.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Locator;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TypeScriptPatcherTest {

    private static final String OLD = "getByRole('button', { name: 'Sign in' })";
    private static final String NEW = "getByRole('button', { name: 'Log in' })";

    private final Map<String, String> files = new LinkedHashMap<>();

    private PatchOutcome propose(String file, String failingCall, String old, String now) {
        String text = files.getOrDefault(file, "");
        int at = text.indexOf(failingCall) + failingCall.lastIndexOf('.') + 1;
        String before = text.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = at - before.lastIndexOf('\n');
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, source) -> bytes.put(name, source.getBytes(StandardCharsets.UTF_8)));
        return io.evenkeel.healing.Healer.patcher()
                .propose(
                        CallStack.at(new CallSite(file, line, column)),
                        Locator.parse(old).orElseThrow(),
                        Locator.parse(now).orElseThrow(),
                        SourceFiles.of(bytes));
    }

    private String patched(PatchOutcome outcome) {
        Patch patch = outcome.match(PatchOutcome.Proposed::patch, r -> {
            throw new AssertionError(r.reason() + " " + r.place());
        });
        byte[] source = files.getOrDefault(patch.file(), "").getBytes(StandardCharsets.UTF_8);
        return new String(patch.applyTo(source), StandardCharsets.UTF_8);
    }

    private static DefinitionKind kind(PatchOutcome outcome) {
        return outcome.match(p -> p.patch().definition().kind(), r -> {
            throw new AssertionError(r.reason());
        });
    }

    @Nested
    class GivenALocatorInTheFailingCall {

        @Test
        void whenOneNameDiffers_thenOnlyTheNameChanges() {
            files.put(
                    "a.spec.ts",
                    "\ufefftest('ä', async ({ page }) => {\r\n\tawait page.getByRole( \"button\", {name : \"Sign in\"} ).click(); // ü\r\n});\r\n");

            PatchOutcome outcome = propose("a.spec.ts", ").click", OLD, NEW);

            assertThat(patched(outcome))
                    .isEqualTo(files.getOrDefault("a.spec.ts", "").replace("Sign in", "Log in"));
            assertThat(kind(outcome)).isEqualTo(DefinitionKind.CALL);
        }

        @Test
        void whenItIsInAnAssertion_thenTheArgumentOfExpectChanges() {
            files.put("a.spec.ts", "await expect(page.getByRole('button', { name: 'Sign in' })).not.toBeVisible();");

            assertThat(patched(propose("a.spec.ts", ".not.toBeVisible", OLD, NEW)))
                    .isEqualTo("await expect(page.getByRole('button', { name: 'Log in' })).not.toBeVisible();");
        }

        @Test
        void whenTheFamilyChanges_thenTheWholeCallChanges() {
            files.put("a.spec.ts", "await page.locator(\"#user\").fill('ann');");

            assertThat(patched(propose("a.spec.ts", ".fill", "locator('#user')", "getByLabel('User name')")))
                    .isEqualTo("await page.getByLabel(\"User name\").fill('ann');");
        }

        @Test
        void whenAContainerIsPutBefore_thenItIsInserted() {
            files.put("a.spec.ts", "await page.getByText('Help').click();");

            assertThat(patched(
                            propose("a.spec.ts", ".click", "getByText('Help')", "getByRole('main').getByText('Help')")))
                    .isEqualTo("await page.getByRole('main').getByText('Help').click();");
        }

        @Test
        void whenTwoLocatorsStandOnALine_thenTheFailingOneChanges() {
            files.put(
                    "a.spec.ts",
                    "await page.getByTestId('a').click(); await page.getByTestId('b').click(); await page.getByTestId('a').fill('b');");

            assertThat(patched(propose("a.spec.ts", "getByTestId('b').click", "getByTestId('b')", "getByTestId('c')")))
                    .isEqualTo(
                            "await page.getByTestId('a').click(); await page.getByTestId('c').click(); await page.getByTestId('a').fill('b');");
        }

        @Test
        void whenAnInnerStepOfAChainDiffers_thenTheRestStays() {
            files.put(
                    "a.spec.ts",
                    "await page.locator('article', { hasText: 'Pear' })\n  .getByText('Add to cart')\n  .click();");

            assertThat(patched(propose(
                            "a.spec.ts",
                            ".click",
                            "locator('article').filter({ hasText: 'Pear' }).getByText('Add to cart')",
                            "locator('article').filter({ hasText: 'Pear' }).getByText('Put in basket')")))
                    .isEqualTo(
                            "await page.locator('article', { hasText: 'Pear' })\n  .getByText('Put in basket')\n  .click();");
        }

        @Test
        void whenTheNameIsARegularExpression_thenItStaysOne() {
            files.put("a.spec.ts", "await page.getByRole('button', { name: /^sign in$/i }).click();");

            assertThat(patched(propose(
                            "a.spec.ts",
                            ").click",
                            "getByRole('button', { name: /^sign in$/i })",
                            "getByRole('button', { name: /^log in$/i })")))
                    .isEqualTo("await page.getByRole('button', { name: /^log in$/i }).click();");
        }
    }

    @Nested
    class GivenALocatorDefinedElsewhere {

        @Test
        void whenAFieldOfThePageObjectHoldsIt_thenTheFieldChangesAndUsersAreCounted() {
            files.put("pages/login.ts", """
                    import { Page, Locator } from '@playwright/test';
                    export class LoginPage {
                      readonly submit: Locator;
                      readonly user = this.page.getByLabel('User name');
                      constructor(private readonly page: Page) {
                        this.submit = page.getByRole('button', { name: 'Sign in' });
                      }
                      async login(name: string) {
                        await this.user.fill(name);
                        await this.submit.click();
                      }
                    }
                    """);
            files.put(
                    "a.spec.ts",
                    "import { LoginPage } from './pages/login';\nawait loginPage.submit.click();\nawait expect(loginPage.submit).toBeVisible();");

            PatchOutcome outcome = propose("pages/login.ts", "this.submit.click", OLD, NEW);

            assertThat(patched(outcome))
                    .isEqualTo(files.getOrDefault("pages/login.ts", "").replace("'Sign in'", "'Log in'"));
            assertThat(kind(outcome)).isEqualTo(DefinitionKind.FIELD);
            java.util.List<CallSite> users =
                    outcome.match(p -> p.patch().definition().users(), r -> java.util.List.of());
            assertThat(users)
                    .extracting(CallSite::file, CallSite::line)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("a.spec.ts", 2),
                            org.assertj.core.groups.Tuple.tuple("a.spec.ts", 3));
        }

        @Test
        void whenAGetterOfAParentClassReturnsIt_thenTheGetterChanges() {
            files.put(
                    "pages/base.ts",
                    "export class Base {\n  constructor(protected page) {}\n  get submit() { return this.page.getByRole('button', { name: 'Sign in' }); }\n}\n");
            files.put(
                    "pages/login.ts",
                    "import { Base } from './base';\nexport class LoginPage extends Base {\n  async go() { await this.submit.click(); }\n}\n");

            PatchOutcome outcome = propose("pages/login.ts", "this.submit.click", OLD, NEW);

            assertThat(patched(outcome))
                    .isEqualTo(files.getOrDefault("pages/base.ts", "").replace("Sign in", "Log in"));
            assertThat(kind(outcome)).isEqualTo(DefinitionKind.METHOD);
        }

        @Test
        void whenAConstantOfAnotherFileHoldsTheText_thenTheConstantChanges() {
            files.put(
                    "selectors.ts",
                    "export const SELECTORS = { buy: 'buy-apple', sell: 'sell-apple' };\nexport const SUBMIT = 'Sign in';\n");
            files.put(
                    "a.spec.ts",
                    "import { SELECTORS, SUBMIT } from './selectors';\nawait page.getByTestId(SELECTORS.buy).click();\nawait page.getByRole('button', { name: SUBMIT }).press('Enter');\n");

            assertThat(patched(propose("a.spec.ts", ").click", "getByTestId('buy-apple')", "getByTestId('add-apple')")))
                    .isEqualTo(files.getOrDefault("selectors.ts", "").replace("buy-apple", "add-apple"));
            assertThat(patched(propose("a.spec.ts", ").press", OLD, NEW)))
                    .isEqualTo(files.getOrDefault("selectors.ts", "").replace("Sign in", "Log in"));
        }

        @Test
        void whenAHelperGetsTheTextAsAnArgument_thenTheArgumentChanges() {
            files.put(
                    "a.spec.ts",
                    "const button = (page, name: string) => page.getByRole('button', { name });\nawait button(page, 'Sign in').click();\nawait button(page, 'Other').click();\n");

            PatchOutcome outcome = propose("a.spec.ts", "'Sign in').click", OLD, NEW);

            assertThat(patched(outcome))
                    .isEqualTo(files.getOrDefault("a.spec.ts", "").replace("Sign in", "Log in"));
            assertThat(kind(outcome)).isEqualTo(DefinitionKind.ARGUMENT);
        }

        @Test
        void whenTheFailingCallIsInAHelper_thenTheArgumentOfTheCallerThatSaysItChanges() {
            files.put(
                    "support/forms.ts",
                    "export async function fillField(page, label: string, value: string) {\n  await page.getByLabel(label).fill(value);\n}\n");
            files.put(
                    "pages/contact.ts",
                    "import { fillField } from '../support/forms';\nexport class Contact {\n  async introduce() {\n    await fillField(this.page, 'Your name', 'Ann');\n    await fillField(this.page, 'E-mail', 'a@b');\n  }\n}\n");

            PatchOutcome outcome =
                    propose("support/forms.ts", ").fill", "getByLabel('Your name')", "getByLabel('Full name')");

            assertThat(patched(outcome))
                    .isEqualTo(files.getOrDefault("pages/contact.ts", "").replace("Your name", "Full name"));
            assertThat(kind(outcome)).isEqualTo(DefinitionKind.ARGUMENT);
        }

        @Test
        void whenATemplateHoldsAPartOfTheText_thenOnlyItsFixedPartChanges() {
            files.put(
                    "pages/shop.ts",
                    "export class Shop {\n  constructor(private page) {}\n  buy(name) { return this.page.getByTestId(`buy-${name}`); }\n}\n");
            files.put("a.spec.ts", "const shop = new Shop(page);\nawait shop.buy('apple').click();\n");

            PatchOutcome outcome = propose(
                    "a.spec.ts", ".buy('apple').click", "getByTestId('buy-apple')", "getByTestId('add-to-cart-apple')");

            assertThat(patched(outcome))
                    .isEqualTo(files.getOrDefault("pages/shop.ts", "").replace("buy-$", "add-to-cart-$"));
        }

        @Test
        void whenALocalVariableHoldsIt_thenItsInitializerChanges() {
            files.put(
                    "a.spec.ts",
                    "test('x', async ({ page }) => {\n  const go = page.getByRole('button', { name: 'Sign in' });\n  await go.click();\n});\n");

            PatchOutcome outcome = propose("a.spec.ts", "go.click", OLD, NEW);

            assertThat(patched(outcome))
                    .isEqualTo(files.getOrDefault("a.spec.ts", "").replace("Sign in", "Log in"));
            assertThat(kind(outcome)).isEqualTo(DefinitionKind.VARIABLE);
        }
    }

    @Nested
    class GivenSourcesThatProveNothing {

        @Test
        void whenTheLocatorIsBuiltAtRunTime_thenItIsRefusedWithThePlace() {
            files.put(
                    "a.spec.ts",
                    "for (const name of names()) {\n  await page.getByRole('button', { name }).click();\n}\n");

            assertThat(propose("a.spec.ts", ").click", OLD, NEW)).isInstanceOf(PatchOutcome.Refused.class);
        }

        @Test
        void whenTheSourceSaysSomethingElse_thenItIsRefused() {
            files.put("a.spec.ts", "await page.getByRole('button', { name: 'Sign up' }).click();");

            assertThat(propose("a.spec.ts", ").click", OLD, NEW)).isInstanceOf(PatchOutcome.Refused.class);
        }

        @Test
        void whenTheFileIsNotThere_thenItIsRefused() {
            files.put("a.spec.ts", "x.click()");
            PatchOutcome outcome = io.evenkeel.healing.Healer.patcher()
                    .propose(
                            CallStack.at(new CallSite("b.spec.ts", 1, 1)),
                            Locator.parse(OLD).orElseThrow(),
                            Locator.parse(NEW).orElseThrow(),
                            SourceFiles.none());

            assertThat(outcome).isInstanceOf(PatchOutcome.Refused.class);
        }
    }
}
