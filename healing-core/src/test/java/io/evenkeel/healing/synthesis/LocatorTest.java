package io.evenkeel.healing.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocatorTest {

    @Nested
    class GivenPlaywrightsOwnForm {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "getByRole('button', { name: 'Sign in' })",
                    "getByRole('button', { name: 'Sign in', exact: true })",
                    "getByRole('heading', { name: /hello \\/ world/i, level: 2 })",
                    "getByTestId('buy-apple')",
                    "getByText('Add', { exact: true }).first()",
                    "getByLabel(\"User's name\")",
                    "locator('article').filter({ hasText: 'Pear' }).getByText('Add to cart')",
                    "locator('li').filter({ has: page.getByRole('checkbox') }).nth(2)",
                    "locator('iframe').contentFrame().getByPlaceholder('Card number')",
                    "locator('a').filter({ visible: true }).and(page.getByTitle('x'))",
                    "getByRole('row').last()",
                })
        void whenParsedAndPrinted_thenNothingChanges(String code) {
            assertThat(Locator.parse(code))
                    .hasValueSatisfying(
                            locator -> assertThat(locator.toString()).isEqualTo(code));
        }
    }

    @Nested
    class GivenSourceCode {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "this.page.getByRole(\"button\", {name: `Sign in`,})",
                    "page\n  .getByRole('button', { name: \"Sign in\" })",
                    "page.getByRole('button', { 'name': 'Sign\\u0020in' })",
                })
        void whenParsed_thenItPrintsInOneForm(String code) {
            assertThat(Locator.parse(code))
                    .hasValueSatisfying(locator ->
                            assertThat(locator.toString()).isEqualTo("getByRole('button', { name: 'Sign in' })"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "page.getByRole('button', { name: label })",
                    "page.getByText(`Hello ${user}`)",
                    "page.click('x')",
                    "page.getByText('x'",
                    "getByText('x').fill('y')",
                    "",
                    "page",
                })
        void whenItIsNoChainOfLiterals_thenItIsRefused(String code) {
            assertThat(Locator.parse(code)).isEmpty();
        }
    }
}
